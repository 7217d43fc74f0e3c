import { classBody } from './classes.ts';
import { functionRest, parameters } from './functions.ts';
import { annotation, type, typeArguments, typeParameters } from './types.ts';
import type { Kind, Writer } from './writer.ts';

const DEEP = 3;

/** An expression that mostly gives a value of the kind. */
export function expression(w: Writer, kind: Kind, depth = 0): string {
  switch (kind) {
    case 'number':
      return number(w, depth);
    case 'string':
      return string(w, depth);
    case 'array':
      return array(w, depth);
    case 'object':
      return object(w, depth);
    case 'class':
      return w.known('class') ?? `(class { v = ${w.mark()}; m(n: number) { return n } })`;
    default:
      return callable(w, kind, depth);
  }
}

/** Any of the kinds that are shown well. */
export function anyValue(w: Writer, depth = 0): string {
  return expression(
    w,
    w.choices.pick<Kind>(['number', 'string', 'number', 'array', 'object', 'function', 'class']),
    depth,
  );
}

function number(w: Writer, depth: number): string {
  const inner = () => number(w, depth + 1);
  const simple = [
    () => String(w.mark()),
    () => w.known('number') ?? '7',
    () => w.known('number') ?? '-8',
    () => w.choices.pick(['0x1F', '1_000', '.5', '1e3', '0b11', '2.', '0', '-0', 'Number(9007199254740993n)']),
  ];
  if (depth > DEEP) return w.choices.pick(simple)();
  const writable = () => w.known('number', true);
  return w.choices.pick<() => string>([
    ...simple,
    () => `${inner()}${w.wide()} + ${w.wide()}${inner()}`,
    () => `${inner()} ${w.choices.pick(['-', '*', '%', '|', '<<'])}${w.gap()} (${inner()})`,
    () => `(${inner()}) /${w.gap()} ${inner()} / 2`,
    () => `(${w.wide()}${inner()}${w.wide()})`,
    () => `(${inner()}, ${inner()})`,
    () => `(${inner()} ? ${inner()} : ${inner()})`,
    () => `(${inner()} as ${type(w)})`,
    () => `(${inner()} satisfies ${type(w)})`,
    () => `(<${type(w)}>${inner()})`,
    () => `(${inner()})!`,
    () => `(${w.wide()}${inner()} as${w.wide()} any as ${type(w)})!`,
    () => `${array(w, depth + 1)}${w.gap()}[${w.wide()}${inner()} & 1]!`,
    () => `(${string(w, depth + 1)}).length`,
    () => `(${object(w, depth + 1)})${w.wide()}.a`,
    () => `((${object(w, depth + 1)} as any)?.b${w.wide()}?.c ?? ${inner()})`,
    () => call(w, depth),
    () => call(w, depth),
    () => `new ${expression(w, 'class', depth + 1)}${typeArguments(w)}(${inner()}).v`,
    () => `new (${expression(w, 'class', depth + 1)})(${inner()})${w.wide()}.m(${inner()})`,
    () => (writable() ? `(${w.known('number', true)}${w.choices.pick(['++', '--', '!++'])})` : inner()),
    () =>
      writable()
        ? `(${w.known('number', true)} ${w.choices.pick(['=', '+=', '||=', '??=', '**='])} ${inner()})`
        : inner(),
    () => (writable() ? `((${w.known('number', true)} as any) = ${inner()})` : inner()),
    () =>
      `Number(/${w.choices.pick(['a', '[/]', '\\/', '"', '`', '(?<n>b)', '<!--', '\\/\\*', "'"])}/${w.choices.pick(['', 'g', 'u', 'giu'])}.test(${string(w, depth + 1)}))`,
    () => `+!!${inner()}`,
    () => `(-(${inner()})) ** 2`,
    () => `Math.max(...${array(w, depth + 1)}, ${inner()})`,
    () => (w.scope.isAsync ? awaited(w, inner()) : inner()),
    () => (w.scope.isAsync && w.known('async') ? `(await ${w.known('async')}(${inner()}))` : inner()),
    () => (w.scope.isGenerator ? `((yield ${inner()}) ?? 3)` : inner()),
    () => w.withinFunction({}, () => `(() => { try { return ${inner()} } finally { ${w.log(inner())} } })()`),
    () => `Number(typeof this === 'undefined')`,
    () => `[...${w.known('generator') ?? '(function* () { yield 1; yield* [2] })'}(${inner()})].length`,
    () => `(${w.mark()} <!--${w.known('number', true) ?? '{ a: 3 }.a'} as any ? 1 : 2)`,
  ])();
}

function awaited(w: Writer, value: string): string {
  return w.choices.pick([
    () => `(await ${value})`,
    () => `(await${w.wide()}(Promise.resolve(${value})))`,
    () => `await Promise.all([${value}, Promise.resolve(2)]).then(([x]: any) => x)`,
    () => `(await $later(${value}))`,
    () => `(await { then(done: any) { done(${value}) } } as number)`,
    () => `(await (async () => ${w.withinFunction({ isAsync: true }, () => number(w, 2))})())`,
    () => `(await (await import('node:path')).basename('/' + ${value}).length)`,
    () => `(await Promise.reject(${value}).catch(x => x))`,
  ])();
}

function call(w: Writer, depth: number): string {
  const inner = () => number(w, depth + 1);
  const name = w.known('function');
  if (!name) return `(${callable(w, 'function', depth + 1)})(${inner()})`;
  return w.choices.pick([
    () => `${name}${typeArguments(w)}(${inner()})`,
    () => `${name}?.(${inner()}, ...${array(w, depth + 1)})`,
    () => `${name}.call(null, ${inner()})`,
    () => `(${name} as any)${w.wide()}(${inner()})`,
  ])();
}

function string(w: Writer, depth: number): string {
  const simple = [
    () => `'s${w.mark()}'`,
    () => w.known('string') ?? `"it's // no"`,
    () =>
      w.choices.pick([
        '"🙂"',
        "'/* \\' */'",
        `\`\\\`\${1}\``,
        '"\\u{1F600}\\n"',
        "'a\\\nb'",
        '`line\nline`',
        '`\r\n`',
        "'\u2028'",
        "'<!--'",
      ]),
  ];
  if (depth > DEEP) return w.choices.pick(simple)();
  const inner = () => string(w, depth + 1);
  return w.choices.pick([
    ...simple,
    () => `\`a\${${w.wide()}${number(w, depth + 1)}${w.wide()}}b\${\`\${${inner()}}\`}\``,
    () => `String.raw\`\\n\${${number(w, depth + 1)}}\``,
    () => `String(${number(w, depth + 1)})`,
    () => `typeof ${number(w, depth + 1)}`,
    () => `(${inner()}).replace(/[/"'\`]|a+/g, (x: string) => x + '-')`,
    () => `[...(${inner()})].join(${inner()})`,
    () => `JSON.stringify(${object(w, depth + 1)})`,
    () => `(${callable(w, 'function', depth + 1)}).name`,
    () =>
      `((text: TemplateStringsArray, ...values: ${type(w)}[]) => text.raw.join('|') + values)\`x\${${number(w, depth + 1)}}\\y\``,
    () => `(class ${w.fresh('C')} {}).name`,
  ])();
}

function array(w: Writer, depth: number): string {
  const inner = () => number(w, depth + 1);
  if (depth > DEEP) return w.known('array') ?? '[1, 2]';
  return w.choices
    .pick([
      () => `[${inner()},${w.wide()} ${inner()}]`,
      () => w.known('array') ?? '[3, 4]',
      () => `[${inner()}, ...${array(w, depth + 1)}, ${inner()},]`,
      () => `${array(w, depth + 1)}.map((x${annotation(w)}, i) => ${w.withinFunction({}, () => mapped(w, depth))})`,
      () => `[${inner()}] as const`,
      () => `Array.from({ length: 2 }, (_, i${annotation(w)}) => i)`,
    ])()
    .replace(/^(\[.*\] as const)$/s, '($1)');
}

function mapped(w: Writer, depth: number): string {
  w.declare('x', 'number');
  return number(w, depth + 1);
}

function object(w: Writer, depth: number): string {
  if (depth > DEEP) return w.known('object') ?? '({ a: 1 })';
  const inner = () => number(w, depth + 1);
  const members = [
    () => `a: ${inner()}`,
    () => `b: ${string(w, depth + 1)}`,
    () => `['c' + ${inner()}]: ${inner()}`,
    () => `get g() { return ${w.withinFunction({}, () => number(w, depth + 1))} }`,
    () => `set g(x${annotation(w)}) { ${w.log('x')} }`,
    () => `m${typeParameters(w)}${functionRest(w, {}, depth + 1)}`,
    () => `async am${functionRest(w, { isAsync: true }, depth + 1)}`,
    () => `*gm${functionRest(w, { isGenerator: true }, depth + 1)}`,
    () => `...${object(w, depth + 1)}`,
    () => `get: ${inner()}, set: ${inner()}, async: 1, await: 2`,
    () => `f: ${callable(w, 'function', depth + 1)}`,
    () => `C: class ${classBody(w, depth + 1)}`,
    () => w.known('number') ?? 'd: 4',
    () => `1: ${inner()}, 'x y': ${inner()}, "q"() { return 1 }`,
  ];
  const count = w.choices.below(4);
  if (count === 0) return w.known('object') ?? `({ a: ${inner()} })`;
  const list = Array.from({ length: count }, () => w.choices.pick(members)());
  return `({${w.wide()}${list.join(`,${w.wide()} `)}${w.choices.pick(['', ','])} })`;
}

/** A function, as an expression. */
function callable(w: Writer, kind: Kind, depth: number): string {
  const known = w.known(kind);
  if (known && (depth > 1 || w.choices.oneIn(2))) return known;
  const generics = typeParameters(w);
  if (kind === 'generator') return `function*${w.gap()}${functionRest(w, { isGenerator: true }, depth + 1)}`;
  const isAsync = kind === 'async';
  const prefix = isAsync ? 'async ' : '';
  return w.choices.pick([
    () =>
      w.withinFunction(
        { isAsync },
        () => `(${prefix}${generics}(${parameters(w)})${annotation(w)} => ${number(w, depth + 1)})`,
      ),
    () =>
      w.withinFunction(
        { isAsync },
        () =>
          `(${prefix}${generics}(${parameters(w)})${annotation(w)}${w.gap()} => { ${w.log(number(w, depth + 1))}; return ${number(w, depth + 1)} })`,
      ),
    () =>
      w.withinFunction({ isAsync }, () => {
        const x = w.declare(w.fresh('p'), 'number');
        return `(${prefix}${x} => ${number(w, depth + 1)})`;
      }),
    () =>
      w.withinFunction(
        { isAsync },
        () => `(${prefix}${generics}(${parameters(w)})${annotation(w)} => <any>{ a: ${number(w, depth + 1)} })`,
      ),
    () => `(${prefix}function${generics}${functionRest(w, { isAsync }, depth + 1)})`,
  ])();
}
