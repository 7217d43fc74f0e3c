import { expect, test } from 'vitest';
import { described, folderOf, removeFolder } from './described.ts';

/** Of its own files: TypeScript itself checks what `in` and `out` say of the interfaces. */
test('tensors are covariant in their rank, and no more than that', () => {
  const folder = folderOf({});
  const source = `import * as tf from '@tensorflow/tfjs';
export interface Covariant<out R extends tf.Rank> extends tf.Tensor<R> {}
export interface Contravariant<in R extends tf.Rank> extends tf.Tensor<R> {}
export interface CovariantVariable<out R extends tf.Rank> extends tf.Variable<R> {}
export interface ContravariantVariable<in R extends tf.Rank> extends tf.Variable<R> {}`;
  const { errors } = described({ source, folder }, false);
  expect(errors.map(error => error.replace(/^\d+ /, ''))).toEqual([
    "Type 'Contravariant<super-R>' is not assignable to type 'Contravariant<sub-R>' as implied by variance annotation.",
    "Type 'ContravariantVariable<super-R>' is not assignable to type 'ContravariantVariable<sub-R>' as implied by variance annotation.",
  ]);
  removeFolder(folder);
}, 20_000);
