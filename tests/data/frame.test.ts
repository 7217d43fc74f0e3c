import { expect, test } from 'vitest';
import { danfo } from '../../src/data/frame.ts';
import * as data from '../../src/data/index.ts';

test('a frame is filled as danfojs fills its own, columns and labels too', () => {
  const made = data.frame({ name: ['Ada', 'Bo', 'Cy'], age: [36, 41, 23] });
  const danfos = new (danfo().DataFrame)(
    [
      ['Ada', 36],
      ['Bo', 41],
      ['Cy', 23],
    ],
    { columns: ['name', 'age'], dtypes: ['string', 'int32'] },
  );
  expect({ ...made }).toEqual({ ...danfos });
  expect((made as unknown as { age: { values: unknown } }).age.values).toEqual([36, 41, 23]);
  made.addColumn('more', [1, 2, 3], { inplace: true });
  expect(made.column('more').values).toEqual([1, 2, 3]);
  const none = data.takeRows(data.frame({ name: ['Ada'], age: [36] }), []);
  expect({ ...none }).toEqual({
    ...new (danfo().DataFrame)([], { columns: ['name', 'age'], dtypes: ['string', 'int32'] }),
  });
  expect([none.shape, none.columns]).toEqual([
    [0, 2],
    ['name', 'age'],
  ]);
});
