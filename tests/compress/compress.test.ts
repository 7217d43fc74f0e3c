import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../src/engine/index.ts';
import { toFloat16 } from '../../src/compress/float16.ts';
import * as compress from '../../src/compress/index.ts';
import { random } from '../../src/core/index.ts';
import { cnn, mlp, rnn, transformer } from '../../src/models/index.ts';
import { evaluate, fit } from '../../src/train/index.ts';

const small = (units = 16, seed = 1) => mlp({ inputs: 2, hidden: [units], outputs: 3, task: 'classification', seed });
const weightsOf = (model: tf.LayersModel) => model.getWeights().map(weight => [...weight.dataSync()]);

/** Three clouds of points. */
function clouds(rows: number, seed: number) {
  const draw = random(seed);
  const labels = Array.from({ length: rows }, () => draw.integer(0, 3));
  const points = labels.map(label => [
    2 * Math.cos(2 * label) + draw.normal(0, 0.7),
    2 * Math.sin(2 * label) + draw.normal(0, 0.7),
  ]);
  return { x: tf.tensor2d(points), y: tf.tensor1d(labels, 'int32') };
}

describe('quantise', () => {
  it('int8 is off by at most half a step of each output, and a quarter of the size', async () => {
    const model = mlp({ inputs: 30, hidden: [40], outputs: 5, task: 'classification', seed: 3 });
    const before = weightsOf(model);
    const { model: copy, bytes, bytesBefore, weights } = await compress.quantise(model);
    expect(weightsOf(model)).toEqual(before);
    expect(bytes / bytesBefore).toBeLessThan(0.35);
    const after = weightsOf(copy);
    for (const [i, { shape, isKept, maxError }] of weights.entries()) {
      expect(isKept).toBe(shape.length < 2);
      const outputs = shape.at(-1)!;
      for (let output = 0; output < outputs && !isKept; output++) {
        const column = before[i]!.map((value, place) => ({ value, place })).filter(
          ({ place }) => place % outputs === output,
        );
        const step = Math.max(...column.map(({ value }) => Math.abs(value))) / 127;
        for (const { value, place } of column)
          expect(Math.abs(value - after[i]![place]!)).toBeLessThanOrEqual(step / 2 + 1e-7);
        expect(new Set(column.map(({ place }) => Math.round(after[i]![place]! / step))).size).toBeLessThanOrEqual(255);
      }
      expect(maxError).toBeCloseTo(
        Math.max(...before[i]!.map((value, place) => Math.abs(value - after[i]![place]!))),
        12,
      );
    }
  });

  it('float16 rounds as the standard says', () => {
    // Bit patterns of binary16, decoded by hand: sign, exponent, ten bits.
    const decode = (bits: number) => {
      const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
      const size = exponent === 0 ? (fraction / 1024) * 2 ** -14 : (1 + fraction / 1024) * 2 ** (exponent - 15);
      return bits & 0x8000 ? -size : size;
    };
    for (let bits = 0; bits < 31 << 10; bits += 7) expect(toFloat16(decode(bits))).toBe(decode(bits));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: (31 << 10) - 2 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (bits, share) => {
          const [low, high] = [decode(bits), decode(bits + 1)];
          const value = low + (high - low) * share;
          const nearest =
            value - low < high - value ? low : value - low > high - value ? high : bits % 2 === 0 ? low : high;
          expect(toFloat16(value)).toBe(nearest);
          expect(toFloat16(-value)).toBe(-nearest);
        },
      ),
    );
    expect([toFloat16(65519), toFloat16(65520), toFloat16(0), toFloat16(1e-9)]).toEqual([
      65504,
      Number.POSITIVE_INFINITY,
      0,
      0,
    ]);
  });

  it('copies models with layers of our own', async () => {
    const model = transformer({
      kind: 'decoder',
      vocabulary: 11,
      length: 6,
      width: 8,
      heads: 2,
      blocks: 1,
      seed: 1,
    } as never);
    const { model: copy, bytes, bytesBefore } = await compress.quantise(model, { to: 'float16' });
    expect(bytes * 2).toBe(bytesBefore);
    const x = tf.tensor2d([[1, 2, 3, 4, 5, 6]]);
    const [first, second] = [model, copy].map(one => [...(one.predict(x) as tf.Tensor).dataSync()]);
    first!.forEach((value, i) => expect(Math.abs(value - second![i]!)).toBeLessThan(0.02));
  });
});

describe('prune', () => {
  it('takes the smallest share, of the whole or of each layer, and no bias', async () => {
    const model = small();
    for (const within of ['all', 'layer'] as const) {
      const { model: copy, zeros, weights, layers } = await compress.prune(model, { share: 0.5, within });
      expect(weights).toBe(2 * 16 + 16 * 3);
      expect(zeros).toBe(40);
      if (within === 'layer') expect(layers.map(layer => layer.zeros)).toEqual([16, 24]);
      const [before, after] = [weightsOf(model), weightsOf(copy)];
      const kept = before.flatMap((list, i) =>
        list.filter((_, place) => after[i]![place] !== 0 && i % 2 === 0).map(Math.abs),
      );
      const gone = before.flatMap((list, i) =>
        list.filter((_, place) => after[i]![place] === 0 && i % 2 === 0).map(Math.abs),
      );
      if (within === 'all') expect(Math.max(...gone)).toBeLessThanOrEqual(Math.min(...kept));
    }
  });

  it('takes exactly so many where all are the same, all, and none', async () => {
    const model = small();
    model.setWeights(model.getWeights().map(weight => tf.onesLike(weight)));
    expect((await compress.prune(model, { share: 0.25 })).zeros).toBe(20);
    expect((await compress.prune(model, { share: 1 })).zeros).toBe(80);
    const { model: copy, zeros } = await compress.prune(model, { share: 0 });
    expect(zeros).toBe(0);
    expect(weightsOf(copy)).toEqual(weightsOf(model));
  });

  it('stays pruned through fine-tuning', async () => {
    const { model, zeros, reapply } = await compress.prune(small(), { share: 0.5 });
    const count = () =>
      weightsOf(model)
        .filter((_, i) => i % 2 === 0)
        .flat()
        .filter(value => value === 0).length;
    await fit(model, clouds(60, 1), { epochs: 2, seed: 1, optimizer: { kind: 'adam', learningRate: 0.01 } });
    expect(count()).toBeLessThan(zeros);
    reapply();
    expect(count()).toBe(zeros);
  });
});

it('distil teaches a student without labels', async () => {
  const [fitting, test] = [clouds(600, 1), clouds(400, 2)];
  const teacher = small(32, 1);
  await fit(teacher, fitting, { epochs: 20, seed: 1, optimizer: { kind: 'adam', learningRate: 0.02 } });
  const student = small(4, 2);
  const before = await evaluate(student, test);
  const history = await compress.distil(teacher, student, fitting.x, {
    epochs: 20,
    seed: 1,
    optimizer: { kind: 'adam', learningRate: 0.02 },
  });
  const [taught, teaching] = [await evaluate(student, test), await evaluate(teacher, test)];
  expect(history.epochs).toHaveLength(20);
  expect(taught.accuracy!).toBeGreaterThan(before.accuracy!);
  expect(taught.accuracy!).toBeGreaterThan(teaching.accuracy! - 0.05);
  const numbers = mlp({ inputs: 2, hidden: [], seed: 1 });
  await expect(compress.distil(numbers, student, fitting.x)).rejects.toThrow(
    'expected a teacher that ends in a softmax, received one that ends in linear.',
  );
});

describe('cost', () => {
  it('counts what can be counted by hand', async () => {
    const { parameters, bytes, operations, uncounted, activationBytes, layers } = await compress.cost(small(), {
      batch: 8,
      runs: 1,
    });
    expect(parameters).toBe(2 * 16 + 16 + 16 * 3 + 3);
    expect(bytes).toBe(4 * parameters);
    expect(operations).toBe(2 * 2 * 16 + 16 + 2 * 16 * 3 + 3);
    expect(uncounted).toEqual([]);
    expect(activationBytes).toBeGreaterThanOrEqual(4 * 8 * (16 + 3));
    expect(layers.map(({ kind }) => kind)).toContain('Dense');
  });

  it('counts a convolution: each output pixel and filter takes the whole kernel', async () => {
    const model = cnn({ inputs: [8, 8, 3], channels: [5], pool: 'none', outputs: 2, task: 'classification', seed: 1 });
    const { layers } = await compress.cost(model, { runs: 1 });
    expect(layers.find(({ kind }) => kind === 'Conv2D')!.operations).toBe(8 * 8 * 5 * (2 * 3 * 3 * 3 + 1));
  });

  it('knows every layer that models make', async () => {
    const models = [
      small(),
      cnn({
        inputs: [8, 8, 1],
        channels: [4, 4],
        batchNorm: true,
        dropout: 0.2,
        join: 'average',
        hidden: [4],
        outputs: 2,
        task: 'classification',
        seed: 1,
      }),
      rnn({ cell: 'lstm', vocabulary: 9, embedding: 4, units: 5, outputs: 1, task: 'binary', seed: 1 }),
      transformer({ kind: 'decoder', vocabulary: 11, length: 6, width: 8, heads: 2, blocks: 1, seed: 1 }),
    ];
    for (const model of models) {
      const found = await compress.cost(model, { runs: 2, watts: 10 });
      expect(found.uncounted).toEqual([]);
      expect(found.operations).toBeGreaterThan(0);
      expect(found.milliseconds).toBeGreaterThan(0);
      expect(found.joules).toBeCloseTo(found.milliseconds / 100, 12);
    }
  });
});

it('leave no tensor behind but the copy', async () => {
  const model = small();
  const x = clouds(20, 1).x;
  const before = tf.memory().numTensors;
  (await compress.quantise(model)).model.dispose();
  const pruned = await compress.prune(model, { share: 0.3 });
  pruned.reapply();
  pruned.model.dispose();
  await compress.cost(model, { runs: 1 });
  const student = small(4, 3);
  await compress.distil(model, student, x, { epochs: 1, seed: 1 });
  student.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it.each([
  [() => compress.quantise(small(), { to: 'int4' as never }), "expected one of 'int8', 'float16', received 'int4'."],
  [() => compress.prune(small(), { share: 50 }), 'prune({ share }): expected a number from 0 to 1, received 50.'],
  [() => compress.cost(small(), { batch: 0 }), 'cost({ batch }): expected a whole number from 1'],
])('refuses: %#', async (call, message) => {
  await expect(call()).rejects.toThrow(message);
});
