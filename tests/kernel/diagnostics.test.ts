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
    "TS2322: Type 'string' is not assignable to type 'number'.",
    '  It is declared here. (cell 1, line 3)',
    '',
    "TypeScriptError: Type 'string' is not assignable to type 'number'. (TS2322, line 1, column 7)",
  ]);
});

it('many type errors are counted, and the first five are shown', () => {
  const { evalue, traceback } = reportDiagnostics(Array(8).fill(diagnostic), 'cell 2', 'const n = 1');
  expect(evalue).toContain('(and 7 more)');
  expect(traceback).toContain('… and 3 more');
});
