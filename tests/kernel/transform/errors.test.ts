import { expect, test } from 'vitest';
import { CellSyntaxError, transformCell } from '../../../src/kernel/transform/index.ts';

test.each([
  ['let x = ;', "';' is not expected here.", 1, 9],
  ['const a = 1\nfoo(1,', 'The cell ends in the middle of a statement.', 2, 7],
  ['const s = "🙂"; let y = )', "')' is not expected here.", 1, 25],
  // With `accessor`, it is TypeScript that compiles; oxc's parser lets this pass.
  ['class B { accessor x = 1; get: { return 1 } }', 'Property or signature expected.', 1, 34],
])('%s', (source, message, line, column) => {
  let error: unknown;
  try {
    transformCell(source);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CellSyntaxError);
  expect(error).toMatchObject({ message, line, column });
});
