import { classBody } from './classes.ts';
import { anyValue, expression } from './expressions.ts';
import { functionRest } from './functions.ts';
import { annotation, typeParameters, typeStatement } from './types.ts';
import type { Kind, Writer } from './writer.ts';

/** Statements with what stands between them. */
export function statements(w: Writer, count: number, depth: number): string {
  let text = '';
  for (let i = 0; i < count; i++) text += statement(w, depth).join('');
  return text;
}

/** A statement, and what ends it. */
export function statement(w: Writer, depth: number): [text: string, end: string] {
  const forms = depth > 3 ? SIMPLE : w.scope.isTopLevel ? TOP_LEVEL : NESTED;
  const form = w.choices.pick(forms);
  const text = form(w, depth);
  return [text, ENDS_ITSELF.has(form) && /[};]$/.test(text) ? w.close() : w.end()];
}

type Form = (w: Writer, depth: number) => string;

const KINDS: Kind[] = ['number', 'string', 'array', 'object', 'number', 'function', 'class'];

function variables(w: Writer): string {
  const keyword = w.choices.pick(['const', 'let', 'var']);
  const one = (): string => {
    const kind = w.choices.pick(KINDS);
    const value = expression(w, kind, 1);
    const name = w.fresh();
    const text = `${name}${annotation(w)}${w.wide()} = ${w.wide()}${value}`;
    if (keyword === 'var') w.declareInFunction(name, kind);
    else w.declare(name, kind, keyword === 'let');
    return text;
  };
  const first = `${keyword}${w.space()}${one()}`;
  return w.choices.oneIn(4) ? `${first}${w.wide()},${w.wide()}${one()}` : first;
}

function uninitialised(w: Writer): string {
  const name = w.fresh();
  const keyword = w.choices.pick(['let', 'var']);
  const text = w.choices.pick([
    () => `${keyword} ${name}${annotation(w)}`,
    () => `let ${name}${w.gap()}!: number`,
    () => `${keyword} ${name}, ${w.fresh('u')}${annotation(w)}, ${w.fresh('u')} = 1`,
  ])();
  if (text.startsWith('var')) w.declareInFunction(name, 'object');
  else w.declare(name, 'object', false);
  return text;
}

function pattern(w: Writer): string {
  const keyword = w.choices.pick(['const', 'let', 'var']);
  const declare = (name: string, kind: Kind): string => {
    if (keyword === 'var') w.declareInFunction(name, kind);
    else w.declare(name, kind, keyword === 'let');
    return name;
  };
  const value = expression(w, 'number', 1);
  const source = expression(w, 'object', 2);
  const list = expression(w, 'array', 2);
  const wait = w.scope.isAsync && w.choices.oneIn(3) ? 'await ' : '';
  const fallback = expression(w, 'number', 2);
  const a = w.fresh('n');
  const b = w.fresh('n');
  const c = w.fresh('n');
  const text = w.choices.pick([
    () => `{ a: ${a} = ${wait}${fallback}, ...${c} }${annotation(w)} = ${wait}${source}`,
    () => `[${a} = ${fallback},${w.wide()} ,${b} = ${wait}${value}, ...${c}]${annotation(w)} = ${wait}${list}`,
    () => `{ x: { y: [${a}] }, ['k' + 1]: ${b} = ${value}, ${c} = 3 }: any = { x: { y: [${value}] } }`,
    () => `{ length: ${a} } = ${list}, ${b}${annotation(w)} = ${a}, [${c}] = [() => 1]`,
    () => `{ ${a} = () => 1, ${b} = class {}, ${c} = ${fallback} }${annotation(w)} = {} as any`,
  ])();
  declare(a, 'object');
  declare(b, 'object');
  declare(c, 'object');
  return `${keyword}${w.space()}${text}`;
}

function log(w: Writer): string {
  return w.log(anyValue(w, 1));
}

function expressionStatement(w: Writer): string {
  return w.choices.pick([
    () => anyValue(w, 1).replace(/^(?:\{|function|class|async|let\[)/, '0, $&'),
    () => `(${anyValue(w, 2)})`,
    () => `[${expression(w, 'number', 2)}].forEach(x => ${w.log('x')})`,
    () => `+${expression(w, 'number', 2)}`,
    () => `/${w.choices.pick(['a/', '[/"]'])}/.test('a/')`,
    () => `\`\${${expression(w, 'string', 2)}}\``,
    () => `<any>${expression(w, 'number', 3)}`,
    () => `${expression(w, 'number', 2)} as any`,
    () => (w.known('number', true) ? `${w.known('number', true)} += ${expression(w, 'number', 2)}` : '0'),
    () => (w.known('number', true) ? `++${w.known('number', true)}` : '0'),
    () => (w.known('number', true) ? `[${w.known('number', true)}] = [${expression(w, 'number', 2)}]` : '0'),
    () => (w.known('number', true) ? `({ a: ${w.known('number', true)} = 1 } = ${expression(w, 'object', 2)})` : '0'),
    () => (w.scope.isAsync ? `await ${expression(w, 'number', 2)}` : '1'),
    () => (w.scope.isAsync ? `${w.log('0')}, await null, ${w.log(expression(w, 'number', 2))}` : '1'),
    () =>
      `void (async () => { ${w.withinFunction({ isAsync: true }, () => `${w.log('0')}; await ${expression(w, 'number', 2)}; ${w.log('1')}; await null; ${w.log('2')}`)} })().catch(error => ${w.log('String(error)')})`,
    () => `Promise.resolve().then(() => ${w.log('0')}).then(() => ${w.log('1')}).catch(() => {})`,
    () => `queueMicrotask(() => { ${w.log('0')} })`,
  ])();
}

function functionDeclaration(w: Writer, depth: number): string {
  const kind = w.choices.pick<Kind>(['function', 'function', 'async', 'generator']);
  const name = w.fresh('f');
  const prefix = { function: 'function', async: 'async function', generator: 'function*' }[kind as 'function'];
  const overloads = w.choices.oneIn(5)
    ? `function ${name}(x: number): number${w.choices.pick([';', ''])}${w.eol}function ${name}(x: string): any${w.eol}`
    : '';
  const flags = { isAsync: kind === 'async', isGenerator: kind === 'generator' };
  const text = `${prefix}${w.space()}${name}${typeParameters(w)}${w.gap()}${functionRest(w, flags, depth + 1)}`;
  w.declare(name, kind);
  return kind === 'function' ? overloads + text : text;
}

function classDeclaration(w: Writer, depth: number): string {
  const name = w.fresh('C');
  const isAbstract = w.choices.oneIn(5);
  const text = `${isAbstract ? 'abstract ' : ''}class${w.space()}${name}${classBody(w, depth, isAbstract)}`;
  if (!isAbstract) w.declare(name, 'class');
  return text;
}

function enumDeclaration(w: Writer): string {
  const name = w.fresh('E');
  const n = w.mark();
  const text = w.choices.pick([
    `{ A, B${w.gap()}= ${n}, C }`, `{ A = 'x', 'b c' = "y" }`, `{ A = 1 << ${n % 8}, B = A | 4, C = 'abc'.length,${w.wide()} }`,
    `{ A = -1, B, C = \`t\`, D = B }`, `{}`, `{ // c${w.eol} A,${w.eol} B = ${name}.A + 1 }`,
  ]); // biome-ignore format: a list
  w.declare(name, 'object');
  return `${w.choices.pick(['', 'const ', ''])}enum ${name}${w.wide()} ${text}`;
}

function namespaceDeclaration(w: Writer, depth: number): string {
  const name = w.fresh('N');
  const text = w.within({ isFunction: true, isAsync: false, isGenerator: false, labels: [], inLoop: false }, () => {
    const n = w.mark();
    return w.choices.pick([
      () => `export const a = ${expression(w, 'number', 2)}; const hidden = a`,
      () => `export function f${n}${functionRest(w, {}, depth + 1)}${w.eol}export class K { a = 1 }`,
      () => `export enum E { A, B }${w.eol}export const b = E.B;`,
      () => `export namespace Inner { export const deep = ${n} }${w.eol}${w.log('Inner.deep')}`,
      () => `export let count = ${n}; export function up() { return ++count }`,
      () => `export const { a, b: [c] } = { a: 1, b: [${expression(w, 'number', 2)}] }`,
      () => `export interface I { a: 1 }; export type T = I${w.eol}export const d = 1 as any as T`,
    ])();
  });
  w.declare(name, 'object');
  return `namespace ${name}${w.choices.oneIn(5) ? '.Deep' : ''} {${w.wide()}${text}${w.wide()}}`;
}

function block(w: Writer, depth: number): string {
  return w.within({}, () => `{${w.wide()}${statements(w, w.choices.below(4), depth + 1)}}`);
}

function condition(w: Writer, depth: number): string {
  const otherwise = w.choices.oneIn(2)
    ? `${w.wide()} else ${w.choices.oneIn(2) ? inner(w, depth) : block(w, depth)}`
    : '';
  if (otherwise === '') return `if (${expression(w, 'number', 2)})${w.wide()} ${inner(w, depth)}`;
  return `if (${expression(w, 'number', 2)})${w.wide()} ${block(w, depth)}${otherwise}`;
}

/** A statement without braces around. */
function inner(w: Writer, depth: number): string {
  return w.within({ isTopLevel: false }, () =>
    w.choices.pick([
      () => `${log(w)}`,
      () => block(w, depth),
      () => `var ${w.declareInFunction(w.fresh('w'), 'object')}${annotation(w)} = ${expression(w, 'number', 2)}`,
    ])(),
  );
}

function loop(w: Writer, depth: number): string {
  const label = w.choices.oneIn(3) ? `L${w.mark()}` : undefined;
  const head = w.choices.pick([
    (n: string) => `for (let ${n} = 0; ${n} < 3; ${n}++)`,
    (n: string) => `for (let ${n}${annotation(w)} = 0, end = 2; ${n} < end; ${n}++)`,
    (n: string) => `for (const ${n} of ${expression(w, 'array', 2)})`,
    (n: string) => `for (const ${n} in ${expression(w, 'object', 2)})`,
    (n: string) => `for (var ${n} = 0; ${n} < 2; ${n}++)`,
    (n: string) => `for (var ${n} of ${expression(w, 'array', 2)})`,
    (n: string) => `for (const [${n} = 5] of [[1], [,]] as any)`,
    (n: string) => `for (var { a: ${n} = 5 } of [{ a: 1 }, {}] as any[])`,
    (n: string) => `for (let ${n} = (() => 2)(), i = ${n}; i--;)`,
  ]); // biome-ignore format: heads
  const asyncHead = w.choices.pick([
    (n: string) => `for await (const ${n} of ${expression(w, 'array', 2)})`,
    (n: string) => `for await (const ${n} of (async function* () { yield ${w.mark()}; ${w.log('0')}; yield 2 })())`,
    (n: string) => `for await (var ${n} of [Promise.resolve(${w.mark()}), 2])`,
    (n: string) => `for await (const { a: ${n} } of [{ a: 1 }, Promise.resolve({ a: 2 })] as any)`,
  ]);
  const name = w.fresh('i');
  const text = (w.scope.isAsync && w.choices.oneIn(3) ? asyncHead : head)(name);
  const kind: Kind = / in /.test(text) ? 'string' : 'number';
  return w.within({ inLoop: true, labels: label ? [...w.scope.labels, label] : w.scope.labels }, () => {
    if (/\bvar\b/.test(text)) w.declareInFunction(name, kind);
    else w.declare(name, kind);
    const text2 = w.choices.oneIn(4) ? ` ${log(w)}` : ` ${block(w, depth)}`;
    return `${label ? `${label}:${w.wide()} ` : ''}${text}${w.wide()}${text2}`;
  });
}

function whileLoop(w: Writer, depth: number): string {
  const n = `w${w.mark()}`;
  return w.within({ inLoop: true, isTopLevel: false }, () =>
    w.choices.pick([
      () => `{ let ${n} = 0; while (${n}++ < 2) ${block(w, depth)} }`,
      () => `{ let ${n} = 0; do ${block(w, depth)} while (${n}++ < 1)${w.choices.pick([';', ' '])} }`,
    ])(),
  );
}

function switchStatement(w: Writer, depth: number): string {
  const label = `S${w.mark()}`;
  return w.within({ isTopLevel: false, labels: [...w.scope.labels, label] }, () => {
    const one = () =>
      `case ${expression(w, 'number', 3)}:${w.wide()} ${statements(w, w.choices.below(3), depth + 1)}${w.choices.pick(['break;', '', `break ${label};`])} `;
    return `${label}: switch (${expression(w, 'number', 3)}) {${w.wide()}${one()}${w.choices.oneIn(2) ? one() : ''}default: ${log(w)}${w.end()}}`;
  });
}

function tryStatement(w: Writer, depth: number): string {
  const error = w.fresh('e');
  const handler = (): string =>
    w.within({}, () => {
      w.declare(error, 'object');
      return w.choices.pick([
        () =>
          `catch (${error}${w.choices.pick(['', ': unknown', ': any'])}) { $log(${w.mark()}, String(${error})); ${statements(w, w.choices.below(2), depth + 1)}}`,
        () => `catch { ${statements(w, 1, depth + 1)}}`,
        () => `catch ({ message: ${error} }) { $log(${w.mark()}, ${error}) }`,
      ])();
    });
  const finaliser = (): string => `finally ${block(w, depth)}`;
  const first = `try ${w.within({}, () => `{ ${statements(w, 1 + w.choices.below(2), depth + 1)}${w.choices.oneIn(2) ? `${throwing(w)}` : ''} }`)}`;
  return (
    first +
    w.wide() +
    w.choices.pick([handler, () => handler() + w.wide() + finaliser(), () => handler() + finaliser()])()
  );
}

function throwing(w: Writer): string {
  return w.choices.pick([
    () => `throw new Error('e${w.mark()}')`,
    () => `throw${w.gap()} new TypeError(${expression(w, 'string', 2)})`,
    () => `(null as any)${w.wide()}.x${w.mark()}`,
    () => `(undefined as any)[${w.mark()}]`,
    () => `(${expression(w, 'number', 2)} as any)()`,
    () => `missing${w.mark()}`,
    () =>
      w.scope.isAsync ? `await (async () => { throw new RangeError('r${w.mark()}') })()` : `new (Array as any)(-1)`,
    () => (w.scope.isAsync ? `await Promise.reject(new Error('p${w.mark()}'))` : `throw ${w.mark()}`),
  ])();
}

function throwStatement(w: Writer): string {
  return w.choices.oneIn(2) ? throwing(w) : log(w);
}

function jump(w: Writer): string {
  const { scope } = w;
  return w.choices.pick([
    () => (scope.inLoop ? `if (${expression(w, 'number', 3)} % 2) continue` : log(w)),
    () => (scope.inLoop ? `if (${expression(w, 'number', 3)} % 3) break` : log(w)),
    () =>
      scope.labels.some(label => label[0] !== 'S')
        ? `if (${expression(w, 'number', 3)} % 3) continue ${scope.labels.findLast(label => label[0] !== 'S')}`
        : log(w),
    () =>
      scope.isFunction && !scope.isGenerator
        ? `if (${expression(w, 'number', 3)} % 5 === 1) return ${expression(w, 'number', 3)}`
        : log(w),
  ])();
}

function closures(w: Writer): string {
  const list = `fs${w.mark()}`;
  const keyword = w.choices.pick(['let', 'const', 'var']);
  return `{ const ${list}: any[] = []; for (${keyword} x${list} of [1, 2]) { ${list}.push(() => x${list}) }; $log(${w.mark()}, ${list}.map((f: any) => f())) }`;
}

function usingStatement(w: Writer, depth: number): string {
  const n = w.mark();
  const resource = (at: number) =>
    w.choices.pick([
      `{ [Symbol.dispose]() { $log(${at}, 'disposed') } }`,
      'null',
      `{ [Symbol.dispose]() { $log(${at}, 'fails'); throw new Error('d${at}') } }`,
    ]);
  const asyncResource = (at: number) => `{ async [Symbol.asyncDispose]() { await null; $log(${at}, 'disposed') } }`;
  return w.choices.pick([
    () => `{ using r${n} = ${resource(n)}; ${w.log('0')} ${w.end()}}`,
    () =>
      `try { using r${n}: any = ${resource(n)}, q${n} = ${resource(w.mark())}; ${throwing(w)} } catch (e: any) { $log(${n}, e.name) }`,
    () => `for (using r${n} of [${resource(n)}, null]) { ${w.log('0')}; if (${n} % 3 === 1) continue; ${w.log('1')} }`,
    () => `(function () { using r${n} = ${resource(n)}; return ${w.log('0')} })()`,
    () =>
      w.scope.isAsync
        ? `{ await using r${n} = ${asyncResource(n)}; ${w.log('0')}; ${w.within({}, () => statements(w, 1, depth + 2))}}`
        : '0',
    () => (w.scope.isAsync ? `for (await using r${n} of [${asyncResource(n)}]) ${w.log('0')}` : '0'),
    () => (w.scope.isAsync ? `for await (using r${n} of [${resource(n)}]) ${w.log('0')}` : '0'),
  ])();
}

function topUsing(w: Writer): string {
  const n = w.mark();
  const name = w.declare(w.fresh('r'), 'object');
  return w.choices.pick([
    `using ${name} = { [Symbol.dispose]() { $log(${n}, 'disposed') } }`,
    `await using ${name} = { async [Symbol.asyncDispose]() { $log(${n}, 'disposed') } }`,
  ]);
}

function emptyStatement(): string {
  return ';';
}

function importStatement(w: Writer): string {
  const [a, b, c] = [w.fresh('I'), w.fresh('I'), w.fresh('I')];
  const text = w.choices.pick([
    `import ${a} from 'node:path'`,
    `import * as ${a} from${w.wide()} 'node:path'`,
    `import { posix as ${a}, type PlatformPath as ${b} } from 'node:path'`,
    `import ${a}, { sep as ${b}, join as ${c} } from 'node:path'; ${b} + ${c}('a', 'b')`,
    `import type { Stats as ${a} } from 'node:fs'`,
    `import { Stats as ${a} } from 'node:fs'; type ${b} = ${a}`,
    `import 'node:os'`,
  ]);
  if (/'node:path'/.test(text)) w.declare(a, 'object');
  return text;
}

function exported(w: Writer, depth: number): string {
  const text = w.choices.pick([variables, functionDeclaration, classDeclaration, enumDeclaration, pattern])(w, depth);
  return `export ${text.replace(/^(function .*\n)+(?=function)/, '')}`;
}

const SIMPLE: Form[] = [log, variables, expressionStatement, pattern];
const NESTED: Form[] = [
  ...SIMPLE, log, uninitialised, functionDeclaration, classDeclaration, typeStatement, block, condition, loop, whileLoop,
  switchStatement, tryStatement, throwStatement, jump, closures, usingStatement, emptyStatement,
]; // biome-ignore format: forms
const TOP_LEVEL: Form[] = [
  ...NESTED, ...SIMPLE, variables, pattern, functionDeclaration, classDeclaration, enumDeclaration, namespaceDeclaration, importStatement,
  topUsing, exported,
]; // biome-ignore format: forms
const ENDS_ITSELF = new Set<Form>([
  functionDeclaration, classDeclaration, block, condition, loop, whileLoop, switchStatement, tryStatement, enumDeclaration,
  namespaceDeclaration, closures, emptyStatement,
]); // biome-ignore format: forms
