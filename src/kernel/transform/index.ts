import type { Node } from 'oxc-parser';
import { ACTIVATION, AWAITING } from './awaits.ts';
import { positionAt } from './errors.ts';
import { parseCell, RUNTIME } from './parse.ts';
import { columnShifts, placeFunctions } from './positions.ts';
import { type CellParts, Statements } from './statements.ts';
import type { TransformedCell } from './types.ts';

export { type Completeness, isComplete } from './complete.ts';
export { CellSyntaxError, positionAt } from './errors.ts';
export { originalPosition } from './positions.ts';
export type { ColumnShift, DeferredImport, HoistedFunction, NameKind, TransformedCell } from './types.ts';

/**
 * Turns a cell into a script: types blanked in place, top-level declarations made globals, the last expression's value
 * kept, what awaits put into an async function. `name` is that of its stack frames. Throws a `CellSyntaxError`.
 *
 * @example transformCell('const x: number = await f()\nx')
 */
export function transformCell(source: string, name = 'cell'): TransformedCell {
  const { program, comments } = parseCell(source);
  const parts: CellParts = {
    cell: name,
    names: Object.create(null),
    types: [],
    uses: new Set(),
    deferred: [],
    functions: [],
    lateImports: [],
    isAsync: false,
  };
  // A shebang is no comment in a script that does not begin with it.
  const text = source.replace(/^#!/, '//');
  const statements = new Statements(text, parts);
  const code = statements.transform(program.body as Node[], comments, {
    end: () => (parts.isAsync ? `${AWAITING.end}});` : ''),
  });
  const shifts = columnShifts(source, statements.shifts);
  let prefix = '"use strict";';
  if (parts.isAsync) prefix += `${RUNTIME}.segment(async(${RUNTIME},${ACTIVATION})=>{${AWAITING.begin}`;
  const hoisted: TransformedCell['hoisted'] = [];
  for (const { code: late, offset } of parts.lateImports) {
    prefix += late;
    hoisted.push({ until: prefix.length, ...positionAt(source, offset) });
  }
  return {
    code: prefix + code,
    functions: placeFunctions(
      source,
      parts.functions.toSorted((a, b) => a.offset - b.offset),
      shifts,
      prefix.length,
    ),
    prefixLength: prefix.length,
    hoisted,
    shifts,
    names: { ...parts.names },
    types: parts.types,
    uses: [...parts.uses],
    deferredImports: parts.deferred,
    isAsync: parts.isAsync,
  };
}
