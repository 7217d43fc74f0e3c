import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { beforeAll, expect, it } from 'vitest';
import { printsKnownClasses } from '../../src/display/printed-classes.ts';

beforeAll(() => {
  printsKnownClasses(tf);
  printsKnownClasses(dfd);
  printsKnownClasses({ Tensor: 5, DataFrame: class {} }); // others' classes of these names stay as they are
});

it('tensors print as they are displayed, in short within other values', () => {
  expect(inspect(tf.tensor([1, 2.5]))).toBe('Tensor float32 [2]\n[1.0, 2.5]');
  expect(inspect({ a: tf.scalar(3), b: [tf.zeros([2, 2])] })).toBe(
    '{ a: Tensor float32 [] 3, b: [ Tensor float32 [2, 2] ] }',
  );
  const gone = tf.zeros([2]);
  gone.dispose();
  expect(inspect([gone])).toMatch(/^\[\s*Tensor float32 \[2\], disposed: /);
});

it('frames and series print as tables, in short within other values', () => {
  const frame = new dfd.DataFrame({ a: [1, 2], b: ['x', 'y'] });
  expect(inspect(frame)).toBe('   a  b\n0  1  x\n1  2  y\n2 rows × 2 columns');
  expect(inspect(frame.column('a'))).toBe('   a\n0  1\n1  2\n2 rows × 1 column');
  expect(inspect({ frame, all: [frame.column('b')] })).toBe(
    '{\n  frame: DataFrame of 2 rows × 2 columns,\n  all: [ Series of 2 rows × 1 column ]\n}',
  );
  const broken = Object.create(dfd.DataFrame.prototype) as object;
  expect(inspect(broken)).toBe('[DataFrame]');
});

it('a class of the same name that is another stays as it is', () => {
  class DataFrame {
    rows = 3;
  }
  printsKnownClasses({ DataFrame });
  expect(inspect(new DataFrame())).toBe('DataFrame { rows: 3 }');
});
