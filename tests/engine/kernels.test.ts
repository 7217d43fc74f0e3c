import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { random } from '../../src/core/index.ts';
import { report } from '../../src/engine/index.ts';

type Compute = () => tf.Tensor | tf.Tensor[];

/** Runs the same computation on both backends, and compares every number. */
function expectSameAsCpu(compute: Compute, tolerance = 1e-5) {
  const on = (backend: string) => {
    tf.setBackend(backend);
    return tf.tidy(() => [compute()].flat().map(tensor => ({ shape: tensor.shape, values: [...tensor.dataSync()] })));
  };
  const [wasm, cpu] = [on('wasm'), on('cpu')];
  expect(wasm.map(({ shape }) => shape)).toEqual(cpu.map(({ shape }) => shape));
  for (const [i, { values }] of wasm.entries())
    for (const [j, value] of values.entries()) {
      const wanted = cpu[i]!.values[j]!;
      const error = Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
      if (!(error <= tolerance)) expect.fail(`tensor ${i}, position ${j}: ${value} on wasm, ${wanted} on cpu`);
    }
}

/** Compares a gradient with the slope between two points close by, in some random directions. */
function expectSlope(f: (x: tf.Tensor) => tf.Tensor, shape: number[], seed = 1) {
  tf.setBackend('wasm');
  tf.tidy(() => {
    const generator = random(seed);
    const x = normal(shape, generator);
    const total = (at: tf.Tensor) => f(at).square().sum() as tf.Scalar;
    const gradient = tf.grad(total)(x);
    for (let i = 0; i < 3; i++) {
      const direction = normal(shape, generator);
      const step = 0.25; // every f here is linear, so the difference of squares is exact
      const after = total(x.add(direction.mul(step))).dataSync()[0]!;
      const before = total(x.sub(direction.mul(step))).dataSync()[0]!;
      const along = gradient.mul(direction).sum().dataSync()[0]!;
      expect(Math.abs((after - before) / (2 * step) - along) / Math.max(1, Math.abs(along))).toBeLessThan(5e-3);
    }
  });
}

function normal(shape: number[], generator = random(1)): tf.Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Array.from({ length: size }, () => generator.normal()),
    shape,
  );
}

let tensors = 0;
beforeEach(() => {
  tf.setBackend('wasm');
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
  tf.setBackend('wasm');
});

test('these are the kernels that were missing', () => {
  expect(report().addedKernels).toEqual([
    'Conv2DBackpropFilter',
    'DepthwiseConv2dNativeBackpropFilter',
    'DepthwiseConv2dNativeBackpropInput',
    'UnsortedSegmentSum',
    'Einsum',
  ]);
});

describe('Conv2DBackpropFilter', () => {
  const cases: [number[], number[], number | [number, number], 'same' | 'valid' | number][] = [
    [[2, 6, 5, 3], [3, 3, 3, 4], 1, 'valid'],
    [[2, 6, 5, 3], [3, 3, 3, 4], 1, 'same'],
    [[3, 7, 7, 1], [2, 4, 1, 5], 2, 'same'],
    [[1, 9, 8, 2], [3, 2, 2, 3], [2, 3], 'valid'],
    [[1, 5, 5, 2], [3, 3, 2, 1], 1, 2],
    [[4, 4, 4, 6], [1, 1, 6, 7], 1, 'same'],
  ];
  test.each(cases)('x %j, filter %j, strides %j, pad %j: as on cpu', (x, filter, strides, pad) => {
    const conv = (image: tf.Tensor, weights: tf.Tensor) =>
      tf.conv2d(
        image as tf.Tensor4D,
        weights as tf.Tensor4D,
        strides,
        pad,
        'NHWC',
        1,
        typeof pad === 'number' ? 'floor' : undefined,
      );
    const loss = (image: tf.Tensor, weights: tf.Tensor) => conv(image, weights).square().sum() as tf.Scalar;
    expectSameAsCpu(() => tf.grads(loss)([normal(x, random(3)), normal(filter, random(4))]), 2e-5);
    expectSlope(weights => conv(normal(x, random(5)), weights), filter);
  });

  test('many images go through in parts that fit', () => {
    const [x, dy] = [tf.keep(normal([40, 28, 28, 8])), tf.keep(normal([40, 28, 28, 2], random(2)))];
    const gradient = tf.grad(w =>
      tf
        .conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same')
        .mul(dy)
        .sum(),
    )(tf.keep(tf.zeros([3, 3, 8, 2])));
    const halves = tf.tidy(() => {
      const part = (from: number) => {
        const [xs, dys] = [x.slice(from, 20), dy.slice(from, 20)];
        return tf.grad(w =>
          tf
            .conv2d(xs as tf.Tensor4D, w as tf.Tensor4D, 1, 'same')
            .mul(dys)
            .sum(),
        )(tf.zeros([3, 3, 8, 2]));
      };
      return part(0).add(part(20));
    });
    const difference = tf.tidy(() => gradient.sub(halves).abs().max().dataSync()[0]!);
    expect(difference).toBeLessThan(2e-3);
    expect(tf.tidy(() => gradient.abs().max().dataSync()[0]!)).toBeGreaterThan(10);
    tf.disposeVariables();
    for (const tensor of [x, dy, gradient, halves]) tensor.dispose();
    tensors += 1; // the zeros that the first gradient was taken at
  });
});

describe('depthwise convolution', () => {
  const cases: [number[], number[], number | [number, number], 'same' | 'valid', number][] = [
    [[2, 6, 5, 3], [3, 3, 3, 1], 1, 'valid', 1],
    [[2, 6, 5, 3], [3, 3, 3, 2], 1, 'same', 1],
    [[1, 9, 8, 2], [3, 2, 2, 3], 2, 'same', 1],
  ];
  test.each(cases)(
    'x %j, filter %j, strides %j, pad %j, dilation %j: as on cpu',
    (x, filter, strides, pad, dilation) => {
      const conv = (image: tf.Tensor, weights: tf.Tensor) =>
        tf.depthwiseConv2d(image as tf.Tensor4D, weights as tf.Tensor4D, strides, pad, 'NHWC', dilation);
      const loss = (image: tf.Tensor, weights: tf.Tensor) => conv(image, weights).square().sum() as tf.Scalar;
      expectSameAsCpu(() => tf.grads(loss)([normal(x, random(3)), normal(filter, random(4))]), 2e-5);
      expectSlope(weights => conv(normal(x, random(5)), weights), filter);
      expectSlope(image => conv(image, normal(filter, random(6))), x);
    },
  );
});

// tfjs refuses to differentiate these, and its cpu kernels ignore the dilation; ours are the forward pass's adjoints.
test.each([
  ['valid', [2, 5, 5, 4]],
  ['same', [2, 9, 7, 4]],
] as const)('the depthwise kernels know dilation, pad %s', (pad, dyShape) => {
  tf.tidy(() => {
    const x = normal([2, 9, 7, 2]) as tf.Tensor4D;
    const filter = normal([3, 2, 2, 2], random(3)) as tf.Tensor4D;
    const dy = normal([...dyShape], random(2));
    const run = (name: string, inputs: tf.NamedTensorMap, shape: object) =>
      tf.engine().runKernel(name, inputs, { strides: 1, dilations: 2, pad, ...shape } as tf.NamedAttrMap) as tf.Tensor;
    const dot = (a: tf.Tensor, b: tf.Tensor) => a.mul(b).sum().dataSync()[0]!;
    const filterShape = filter.shape;
    const inputShape = x.shape;
    const wanted = dot(dy, tf.depthwiseConv2d(x, filter, 1, pad, 'NHWC', 2));
    expect(Math.abs(wanted)).toBeGreaterThan(1);
    const byFilter = dot(filter, run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, { filterShape }));
    const byInput = dot(x, run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, { inputShape }));
    expect(byFilter).toBeCloseTo(wanted, 3);
    expect(byInput).toBeCloseTo(wanted, 3);
  });
});

describe('UnsortedSegmentSum', () => {
  test.each([
    [[5], [0, 2, 2, 0, 1], 3],
    [[5, 4], [4, 2, 2, 0, 1], 6],
    [[3, 2, 2], [1, 1, 1], 2],
    [[4, 2], [-1, 0, 7, 1], 2],
  ])('x %j, ids %j, %d segments: as on cpu', (shape, ids, segments) => {
    expectSameAsCpu(() => tf.unsortedSegmentSum(normal(shape), tf.tensor1d(ids, 'int32'), segments));
  });

  test('whole numbers stay whole', () => {
    const sums = tf.tidy(() =>
      tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([1, 1, 0], 'int32'), 2),
    );
    expect([sums.dtype, ...sums.dataSync()]).toEqual(['int32', 3, 3]);
    sums.dispose();
  });

  test('gather has the gradient of an embedding', () => {
    expectSlope(
      table =>
        tf.gather(
          table,
          tf.tensor2d(
            [
              [0, 2, 2],
              [3, 0, 2],
            ],
            [2, 3],
            'int32',
          ),
        ),
      [5, 4],
    );
    expectSlope(table => tf.gather(table, tf.tensor1d([1, 1, 0], 'int32'), 1), [3, 4]);
  });
});

describe('Einsum', () => {
  const cases: [string, ...number[][]][] = [
    ['ij,jk->ik', [3, 4], [4, 5]],
    ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
    ['bqhd,bkhd->bhqk', [2, 3, 2, 4], [2, 5, 2, 4]],
    ['bhqk,bkhd->bqhd', [2, 2, 3, 5], [2, 5, 2, 4]],
    ['i,j->ij', [3], [4]],
    ['i,i->', [4], [4]],
    ['ij,j->i', [3, 4], [4]],
    ['ij->ji', [3, 4]],
    ['ijk->j', [2, 3, 4]],
    ['abc , cd -> dab', [2, 3, 4], [4, 5]],
  ];
  test.each(cases)('%s of %j and %j: as on cpu', (equation, ...shapes) => {
    expectSameAsCpu(() => tf.einsum(equation, ...shapes.map((shape, i) => normal(shape, random(i)))));
  });
  test('a letter that one operand alone has is summed over, as in NumPy', () => {
    // On tfjs's cpu backend the result of this one has a wrong shape.
    const result = tf.tidy(() => tf.einsum('ij,k->k', tf.ones([3, 4]), tf.tensor1d([1, 2])).dataSync());
    expect([...result]).toEqual([12, 24]);
  });

  test.each(cases)('%s of %j and %j has a gradient in each operand', (equation, ...shapes) => {
    for (const [i, shape] of shapes.entries())
      expectSlope(
        x => tf.einsum(equation, ...shapes.map((other, j) => (i === j ? x : normal(other, random(j))))),
        shape,
      );
  });
});

describe('BatchMatMul', () => {
  const cases: [number[], number[], boolean, boolean][] = [
    [[64, 50], [64, 30], true, false],
    [[50, 64], [30, 64], false, true],
    [[64, 50], [30, 64], true, true],
    [[2, 64, 20], [2, 64, 30], true, false],
    [[3, 2, 40, 64], [3, 2, 30, 64], false, true],
    [[1, 64, 20], [4, 64, 30], true, false],
    [[2, 3], [2, 2], true, false],
  ];
  test.each(cases)('%j times %j, transposed %j and %j: as on cpu', (a, b, transposeA, transposeB) => {
    expectSameAsCpu(() => tf.matMul(normal(a), normal(b, random(2)), transposeA, transposeB), 2e-5);
  });
});
