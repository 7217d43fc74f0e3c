import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { Diagnostic } from '../../src/kernel/checker/types.ts';
import { reportDiagnostics } from '../../src/kernel/control/diagnostics.ts';

const diagnostic: Diagnostic = {
  code: 2322,
  category: 'error',
  message: "Type 'string' is not assignable to type 'number'.",
  start: 6,
  length: 1,
  line: 1,
  column: 7,
  related: [{ message: 'It is declared here.', line: 3, cell: 'cell 1' }],
};

it('a type error stops the cell in the words of the checker, with its place', () => {
  const { ename, evalue, traceback } = reportDiagnostics([diagnostic], 'cell 2', "const n: number = 'one';");
  expect(ename).toBe('TypeScriptError');
  expect(evalue).toBe("Type 'string' is not assignable to type 'number'. (TS2322, line 1, column 7)");
  expect(traceback.map(stripVTControlCharacters)).toEqual([
    'Cell In[2], line 1',
    "> 1 │ const n: number = 'one';",
    '    │       ^',
    '',
    "TypeScriptError: Type 'string' is not assignable to type 'number'. (TS2322, line 1, column 7)",
    '  Cell In[1], line 3: It is declared here.',
  ]);
});

it('reasons follow the message, each on a line of its own, and not without end', () => {
  const reasons = Array.from({ length: 20 }, (_, i) => `${'  '.repeat(i + 1)}Reason ${i}.`);
  const { evalue } = reportDiagnostics([{ ...diagnostic, message: ['No.', ...reasons].join('\n') }], 'cell 2', 'x');
  const lines = evalue.split('\n');
  expect(lines.slice(0, 3)).toEqual(['No. (TS2322, line 1, column 7)', '  Reason 0.', '    Reason 1.']);
  expect(lines).toHaveLength(12);
  expect(lines.at(-1)).toBe('  …');
});

it('a place in a file is named; what breaks the grammar is a SyntaxError', () => {
  const related = [{ message: 'It is declared here.', file: '/home/me/helper.ts', line: 3 }];
  const { ename, traceback } = reportDiagnostics([{ ...diagnostic, code: 1005, related }], 'cell 2', 'x');
  expect(ename).toBe('SyntaxError');
  expect(traceback.map(stripVTControlCharacters)).toContain('  helper.ts, line 3: It is declared here.');
});

it('many type errors are counted, and the first five are shown', () => {
  const { evalue, traceback } = reportDiagnostics(Array(8).fill(diagnostic), 'cell 2', 'const n = 1');
  expect(evalue).toContain('(and 7 more)');
  expect(traceback).toContain('… and 3 more');
  const lines = traceback.map(stripVTControlCharacters);
  expect(lines.filter(line => line.startsWith('TS2322: '))).toHaveLength(5);
  expect(lines.at(-1)).toBe('TypeScriptError: 8 errors');
});
