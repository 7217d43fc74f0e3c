import { expression } from './expressions.ts';
import { body, functionRest } from './functions.ts';
import { statements } from './statements.ts';
import { annotation, type, typeParameters } from './types.ts';
import type { Writer } from './writer.ts';

/** Generic parameters, heritage and body of a class whose instances have the number `v` and the method `m`. */
export function classBody(w: Writer, depth = 0, isAbstract = false): string {
  const base = w.known('class');
  const extended = base !== undefined && w.choices.oneIn(3);
  const heritage = extended
    ? `${w.space()}extends ${w.choices.pick([base, `(${base} as any)`, `(class extends ${base} {})`])}`
    : w.choices.oneIn(12)
      ? ' extends Array<any>'
      : '';
  const interfaces = w.choices.oneIn(5) ? `${w.wide()} implements ${w.wide()}Iface<${type(w)}>, Other` : '';
  const isDerived = heritage !== '';
  // Members with the same contextual keyword for a name would be one too many.
  const members = [
    ...new Map(
      [...Array(w.choices.below(5))]
        .map(() => member(w, depth, isAbstract))
        .map(text => [
          /^(?:static )?(?:get|set|async)(?=\W*(?:[:=]|$))/.exec(text)?.[0].replace('static ', '') ?? text,
          text,
        ]),
    ).values(),
  ];
  if (w.choices.oneIn(2)) members.unshift(constructorMember(w, depth, isDerived));
  const separator = () => w.choices.pick([w.eol, `;${w.eol}`, ';', `; // m${w.eol}`, `${w.eol}${w.eol}`]);
  const text = members.map(line => line + separator()).join('');
  const v = `${w.choices.pick(['', 'public ', 'readonly '])}v${annotation(w)} = ${w.withinFunction({}, () => expression(w, 'number', depth + 2))}`;
  const m = `${w.choices.pick(['', 'public ', 'override '])}m${typeParameters(w)}${functionRest(w, {}, depth + 1)}`;
  return `${typeParameters(w)}${heritage}${interfaces} {${w.wide()}${text}${v}${separator()}${m} }`.replace(
    /override m/,
    isDerived ? 'override m' : 'm',
  );
}

function constructorMember(w: Writer, depth: number, isDerived: boolean): string {
  return w.withinFunction({}, () => {
    const first = w.fresh('p');
    w.declare(first, 'number', true);
    const second = w.fresh('q');
    const modifier = () =>
      w.choices.pick(['public ', 'private ', 'protected ', 'readonly ', `private${w.wide()} readonly `]);
    const text = w.choices.pick([
      () => `${first}${annotation(w)}`,
      () => `${modifier()}${first}${annotation(w)}`,
      () => `${modifier()}${first}${annotation(w)} = ${w.mark()},${w.wide()} ${modifier()}${second} = ${w.mark()}`,
      () => `${first}: any, ${modifier()}${second}?: number`,
    ])();
    const superCall = isDerived ? `${w.choices.oneIn(3) ? "'use strict'; " : ''}super(${first});` : '';
    return `${w.choices.pick(['', 'public '])}constructor(${text})${w.wide()} { ${superCall}${depth > 2 ? '' : statements(w, w.choices.below(2), depth + 1)}${w.log(`Object.keys(this).sort()`, first)} }`;
  });
}

function member(w: Writer, depth: number, isAbstract: boolean): string {
  const value = () => w.withinFunction({}, () => expression(w, 'number', depth + 2));
  const n = w.mark();
  const access = () => w.choices.pick(['', '', 'public ', 'private ', 'protected ', `public${w.gap()} `]);
  return w.choices.pick([
    () => `${access()}f${n}${annotation(w)} = ${value()}`,
    () => `${access()}f${n}${annotation(w)}`,
    () => `${access()}f${n}${w.gap()}${w.choices.pick(['?', '!'])}${w.gap()}: ${type(w)}`,
    () => `static${w.space()}${w.choices.pick(['', 'readonly '])}s${n}${annotation(w)} = ${value()}`,
    () => `static { ${w.withinFunction({}, () => statements(w, 1, depth + 2)).replace(/\breturn\b/g, 'void')} }`,
    () =>
      `#p${n}${annotation(w)} = ${value()}; get#q${n}() { return this.#p${n} }; has${n}(o: any) { return #p${n} in o && (this.#p${n} = 2) && this.#p${n}++ }`,
    () =>
      `static async #h${n}${functionRest(w, { isAsync: true }, depth + 1)}; static call${n}() { return this.#h${n}(1) }`,
    () => `get g${n}()${annotation(w)} { return ${value()} }${w.wide()} set g${n}(x${annotation(w)}) { ${w.log('x')} }`,
    () => `async${w.space()}am${n}${typeParameters(w)}${functionRest(w, { isAsync: true }, depth + 1)}`,
    () => `*gm${n}${functionRest(w, { isGenerator: true }, depth + 1)}`,
    () => `async *agm${n}${functionRest(w, { isAsync: true, isGenerator: true }, depth + 1)}`,
    () => `['k' + ${value()}]${w.choices.pick(['', annotation(w)])} = ${value()}`,
    () => `static [String(typeof this) + ${n}] = ${value()}`,
    () => `[key: string]: ${type(w)}`,
    () => `over${n}(x: ${type(w)}): any;${w.eol}  over${n}(x: any) { return x }`,
    () => `declare d${n}: ${type(w)}`,
    () => `private static readonly r${n} = 1`,
    () => (isAbstract ? `abstract a${n}: ${type(w)}` : `static get = ${n}`),
    () => (isAbstract ? `protected abstract am${n}(x: ${type(w)}): void` : `get;`),
    () => (isAbstract ? `abstract get ag${n}(): ${type(w)}` : `static async = ${n}`),
    () => `'quoted ${n}' = ${value()}`,
    () => `static accessor${n} = () => this.name + new.target`,
    () => `arrow${n} = (x: any) => [this.constructor.name, x]`,
    () => `set: ${type(w)}`,
    () => `accessor ac${n}${annotation(w)} = ${value()}`,
    () => `${n} = ${value()}`,
    () => `static ${body.length}${n}() {}`,
  ])();
}
