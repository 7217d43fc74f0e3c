import type { Writer } from './writer.ts';

/** A type of any form, often over lines: nothing of it may be left, and nothing around it may move. */
export function type(w: Writer, depth = 0): string {
  const inner = () => (depth > 1 ? 'number' : type(w, depth + 1));
  const forms = [
    () => 'number',
    () => 'any',
    () => `${inner()}[]`,
    () => `{ a${w.choices.pick(['', '?'])}: ${inner()}${w.choices.pick(['', ';', ','])} }`,
    () => `{${w.eol}  a: ${inner()};${w.eol}  b(x: ${inner()}): void${w.eol}}`,
    () => `(x: ${inner()}, ...rest: any[]) => ${inner()}`,
    () => `new () => ${inner()}`,
    () => `abstract new <T>(t: T) => T`,
    () => `(${inner()} | ${inner()})`,
    () => `| ${inner()}${w.eol}  | undefined`,
    () => `[first: ${inner()}, second?: ${inner()}, ...rest: ${inner()}[]]`,
    () => `Array<Array<${inner()}>>`,
    () => `Record<string, ${inner()}>`,
    () => `typeof globalThis`,
    () => `keyof ${inner()}`,
    () => `unique symbol`,
    () => `${'`'}a${'${'}string}b${'`'}`,
    () => `(any extends infer U ? U : ${inner()})`,
    () => `{ readonly [K in 'a' | 'b']+?: ${inner()} }`,
    () => `{ [key: string]: ${inner()} }`,
    () => `import('node:fs').Stats`,
    () => `this`,
    () => `'/* no comment */'`,
    () => `/* )${w.eol} */ ${inner()}`,
    () => `-1 | 0n | true | null`,
    () => `{ get a(): ${inner()}; set a(v: any); new (x: number): any; (): void }`,
    () => `<const T extends ${inner()} = any>(t: T) => t is T`,
  ];
  const text = w.choices.pick(forms)();
  return text === 'unique symbol' || text === 'this' ? (depth === 0 ? 'any' : 'number') : text;
}

/** An annotation, or nothing. */
export function annotation(w: Writer): string {
  return w.choices.oneIn(3) ? `${w.gap()}:${w.wide()}${type(w)}` : '';
}

/** Type parameters, or nothing. */
export function typeParameters(w: Writer): string {
  if (!w.choices.oneIn(6)) return '';
  return w.choices
    .pick([
      '<T>',
      `<T,${w.eol} const U extends any[] = []>`,
      '<in out T extends object>',
      `<${w.eol}T${w.eol}>`,
      '<T extends (x: any) => any>',
    ])
    .replace('<in out T extends object>', '<T extends object>');
}

/** Type arguments of a call, or nothing. */
export function typeArguments(w: Writer): string {
  return w.choices.oneIn(6) ? `<${type(w)}>` : '';
}

/** A statement that leaves no code. */
export function typeStatement(w: Writer): string {
  const name = `T${w.mark()}`;
  const text = w.choices.pick([
    () => `type ${name} = ${type(w)}`,
    () => `type ${name}<T> = T extends ${type(w)} ? T : never`,
    () => `interface ${name} { a: ${type(w)} }`,
    () => `interface ${name}<T> extends Array<T> {${w.eol}  b(): T${w.eol}}`,
    () => `declare const d${name}: ${type(w)}`,
    () => `declare function d${name}(x: ${type(w)}): void;`,
    () => `declare class d${name} { a: number; constructor(b: ${type(w)}); private c: 1 }`,
    () => `declare namespace d${name} { const a: ${type(w)}; function f(): void }`,
    () => `declare enum d${name} { A, B = 2 }`,
    () => `declare global { interface Window${name} { a: 1 } }`,
    () => `declare module 'm${name}' { export const a: 1 }`,
    () => `namespace n${name} { export interface I { a: ${type(w)} } export type Q = 1 }`,
  ])();
  // Some may only stand at the top of a module.
  return /^declare (?:global|module|namespace)|^namespace/.test(text) && !w.scope.isTopLevel
    ? `type ${name} = 1`
    : text;
}
