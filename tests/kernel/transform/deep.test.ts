import { expect, test } from 'vitest';
import { CellSyntaxError, isComplete, transformCell } from '../../../src/kernel/transform/index.ts';

/** Each would end the process in the parser, at some depth. */
const NESTED: Record<string, (depth: number) => string> = {
  parentheses: n => '('.repeat(n) + '1' + ')'.repeat(n),
  lists: n => '['.repeat(n) + ']'.repeat(n),
  blocks: n => '{'.repeat(n) + '}'.repeat(n),
  'parameters with defaults': n => '(a=('.repeat(n) + '1' + '))'.repeat(n),
  functions: n => 'function f(){'.repeat(n) + '}'.repeat(n),
  templates: n => '`${'.repeat(n) + '1' + '}`'.repeat(n),
  arrows: n => 'a=>'.repeat(n) + '1',
  conditions: n => 'a?b:'.repeat(n) + '1',
  assignments: n => 'a='.repeat(n) + '1',
  negations: n => '!'.repeat(n) + '1',
  'if after else': n => 'if(a);else '.repeat(n) + ';',
  'if after if': n => 'if(a)\n'.repeat(n) + ';',
  loops: n => 'for(;;)'.repeat(n) + ';',
  assertions: n => '<A>'.repeat(n) + 'x',
  'type arguments': n => `let x:${'A<'.repeat(n)}B${'>'.repeat(n)}`,
  'function types': n => `let x:${'()=>'.repeat(n)}A`,
  operators: n => `${'typeof '.repeat(n)}1`,
  labels: n => `${Array.from({ length: n }, (_, i) => `l${i}:`).join('')};`,
};

test.each(Object.entries(NESTED))('%s nested too deeply are an error with a place in the cell', (_, nested) => {
  const source = `const before = 1;\n${nested(20_000)}`;
  let error: unknown;
  try {
    transformCell(source);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CellSyntaxError);
  const { message, offset } = error as CellSyntaxError;
  expect(message).toMatch(/nested too deeply/);
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThan(source.length);
  expect(isComplete(source).status).toBe('invalid');
});

test.each<[string, string]>([
  ['a sum of 20,000 terms', `1${'+1'.repeat(20_000)}`],
  ['a text in 5,000 parts', `"a"${' +\n"b"'.repeat(5000)}`],
  ['a chain of 5,000 calls', `a${'.b()\n'.repeat(5000)}`],
  ['20,000 lines without semicolons', 'a = b\n'.repeat(20_000)],
  ['20,000 conditions', 'if (a < b) { c = a ? 1 : -1 }\n'.repeat(20_000)],
  ['a list of 50,000 numbers', `[${'-1,'.repeat(50_000)}]`],
  ['a table of 20,000 entries', `x={${'a:1,'.repeat(20_000)}}`],
  ['900 times else if', `if(a){}${'else if(b){}\n'.repeat(900)}`],
  ['200 brackets', `${'('.repeat(200)}1${')'.repeat(200)}`],
  [
    'brackets in texts, patterns and comments',
    `"${'('.repeat(2000)}"; /${'[(]'.repeat(2000)}/; // ${'('.repeat(2000)}`,
  ],
])('%s: long, not deep', (_, source) => {
  const { code } = transformCell(source);
  expect(code.split('\n')).toHaveLength(source.split('\n').length);
  expect(code.length).toBeGreaterThan(source.length);
});
