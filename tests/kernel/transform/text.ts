import fc from 'fast-check';
import { expect } from 'vitest';
import { CellSyntaxError, isComplete, transformCell } from '../../../src/kernel/transform/index.ts';
import { Edits, isHard, parseTypeScript, TypeEraser } from '../../../src/modules/index.ts';
import { skip } from '../support/properties.ts';

const LINE = /\r\n|[\n\r\u2028\u2029]/;

/** Every line of the cell is at its line, and a function's code where its place in the code is left empty. */
export function keepsLines(source: string): void {
  const { code, functions, prefixLength } = transformOrSkip(source);
  const lines = code.split(LINE);
  expect(lines).toHaveLength(source.split(LINE).length);
  for (const { line, column, code: text } of functions) {
    const parts = text.split(LINE);
    expect(line + parts.length).toBeLessThanOrEqual(lines.length);
    for (const [index, part] of parts.entries()) {
      const start = index === 0 ? column : 0;
      expect(lines[line + index]!.slice(start, start + part.length)).toBe(' '.repeat(part.length));
    }
  }
  expect(prefixLength).toBeLessThanOrEqual(lines[0]!.length);
}

/** What was erased leaves spaces, and nothing to erase. */
export function erasesOnce(source: string): void {
  const erased = erase(source) ?? skip();
  expect(erase(erased)).toBe(erased);
  const [before, after] = [source.split(LINE), erased.split(LINE)];
  expect(after).toHaveLength(before.length);
  // Besides spaces, only what ends a statement or moves a parenthesis is new.
  for (const [index, line] of after.entries()) {
    const added = line.length - before[index]!.length;
    expect(added).toBeGreaterThanOrEqual(0);
    if (!/constructor/.test(source)) expect(added).toBeLessThanOrEqual(count(line, /[;()]/g));
  }
}

function erase(source: string): string | undefined {
  const { program, errors } = parseTypeScript('program.ts', source, { lang: 'ts', sourceType: 'module' });
  if (errors.length > 0 || program.body.some(isHard)) return undefined;
  if (program.body.some(({ type }) => /^(?:Import|Export|TSImport|TSExport)/.test(type))) return undefined;
  const edits = new Edits(source);
  const eraser = new TypeEraser(edits);
  for (const node of program.body) eraser.erase(node, program);
  return edits.toString();
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Whatever the text, the transform gives code or says where the text is wrong. */
export function saysWhere(source: string): void {
  expect(['complete', 'incomplete', 'invalid']).toContain(isComplete(source).status);
  try {
    expect(transformCell(source).code.split(LINE)).toHaveLength(source.split(LINE).length);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const lines = source.split(LINE);
    expect(error.offset + error.length).toBeLessThanOrEqual(source.length);
    expect(error.line).toBeGreaterThanOrEqual(1);
    expect(error.line).toBeLessThanOrEqual(lines.length);
    expect(error.column).toBeGreaterThanOrEqual(1);
    expect(error.column).toBeLessThanOrEqual(lines[error.line - 1]!.length + 1);
    expect(error.message).toMatch(/\S/);
  }
}

function transformOrSkip(source: string) {
  try {
    return transformCell(source);
  } catch (error) {
    if (error instanceof CellSyntaxError) skip();
    throw error;
  }
}

/** Pieces that make a text wrong in the middle. */
const PIECES = [
  '(', ')', '{', '}', '[', ']', '`', '${', '"', "'", '/', '//', '/*', '*/', '<', '>', '=>', ';', ',', '.', '?', '!', ':', '@', '#',
  'await ', 'async ', 'yield ', 'using ', 'enum ', 'namespace ', 'class ', 'import ', 'export ', 'declare ', 'abstract ', 'as ',
  '\\', '\u2028', '\r', '\n', '\0', '\ud83d', '🙂', '<!--', '-->', '#!', 'static {', 'accessor ', 'constructor(private x) {}', '<div/>',
]; // biome-ignore format: a list

/** A program with pieces put in, taken out or moved. */
export function mutated(programs: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(10_000),
    length: fc.nat(12),
    piece: fc.oneof(fc.constantFrom('', ...PIECES), fc.string({ unit: 'binary', maxLength: 3 })),
  });
  return fc.tuple(programs, fc.array(change, { minLength: 1, maxLength: 4 })).map(([source, changes]) =>
    changes.reduce((text, { at, length, piece }) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + piece + text.slice(start + length);
    }, source),
  );
}
