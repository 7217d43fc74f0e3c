import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import type { LearnableError } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import { KINDS, sampleInput } from './kinds.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

const weightsOf = (model: tf.LayersModel) => model.getWeights().map(weight => [...weight.dataSync()]);

describe.each(KINDS)('%s', (_, config, shape) => {
  test('is a layers model with the output that its config promises, and leaves nothing behind', () => {
    const model = models.create(config);
    expect(model).toBeInstanceOf(tf.LayersModel);
    const output = tf.tidy(() => {
      const y = model.predict(sampleInput(config)) as tf.Tensor;
      return { shape: y.shape, finite: y.dataSync().every(Number.isFinite) };
    });
    expect(output).toEqual({ shape, finite: true });
    model.dispose();
  });

  test('the seed decides all first weights; no two weights of one shape start alike', () => {
    const [first, again, other] = [1, 1, 2].map(seed => models.create({ ...config, seed })) as [
      tf.LayersModel,
      tf.LayersModel,
      tf.LayersModel,
    ];
    expect(weightsOf(first)).toEqual(weightsOf(again));
    const drawn = weightsOf(first).filter(values => new Set(values).size > 2);
    expect(drawn.length).toBeGreaterThan(0);
    expect(new Set(drawn.map(values => values.slice(0, 3).join())).size).toBe(drawn.length);
    const others = weightsOf(other).filter(values => new Set(values).size > 2);
    for (const [i, values] of drawn.entries()) expect(values).not.toEqual(others[i]);
    for (const model of [first, again, other]) model.dispose();
  });

  test('its gradient is the slope of its loss', () => {
    const model = models.create({ ...config, seed: 3 });
    tf.tidy(() => {
      const x = sampleInput(config);
      // The kept dropout and sampling numbers are those of one step: the same step is taken each time.
      const draws = drawing(model).map(layer => layer.draws);
      const loss = () => {
        for (const [i, layer] of drawing(model).entries()) layer.draws = draws[i]!;
        const penalties = (y: tf.Tensor) =>
          model.calculateLosses().reduce((sum, value) => sum.add(value), y.square().mean() as tf.Scalar);
        return penalties(model.apply(x, { training: true }) as tf.Tensor);
      };
      const variables = model.trainableWeights.map(weight => weight.read() as tf.Variable);
      const { grads } = tf.variableGrads(loss, variables);
      const norm = Math.sqrt(tf.addN(variables.map(({ name }) => grads[name]!.square().sum())).dataSync()[0]!);
      expect(norm).toBeGreaterThan(1e-3);
      // Along the gradient itself, where float32 has digits enough; two steps tell the curvature away (Richardson).
      const starts = variables.map(variable => variable.clone());
      const at = (distance: number) => {
        for (const [i, variable] of variables.entries())
          variable.assign(starts[i]!.add(grads[variable.name]!.mul(distance / norm)));
        return loss().dataSync()[0]!;
      };
      const slope = (step: number) => (at(step) - at(-step)) / (2 * step);
      const step = 0.002 / Math.max(1, norm);
      const measured = (4 * slope(step / 2) - slope(step)) / 3;
      expect(Math.abs(measured / norm - 1)).toBeLessThan(0.02);
    });
    model.dispose();
  });
});

const drawing = (model: tf.LayersModel) =>
  model.layers.filter(layer => 'draws' in layer) as unknown as { draws: number }[];

describe('cnn', () => {
  test('blocks, pooling, normalisation and joins are layers of tfjs, in this order', () => {
    const kinds = (config: Partial<models.CnnConfig>) => {
      const model = models.cnn({ inputs: [8, 8, 3], channels: [4], seed: 1, ...config });
      const found = models.summary(model).layers.map(({ kind, shape }) => `${kind} ${shape.slice(1).join('×')}`);
      model.dispose();
      return found;
    };
    expect(kinds({})).toEqual(['Conv2D 8×8×4', 'MaxPooling2D 4×4×4', 'Flatten 64', 'Dense 1']);
    expect(kinds({ convolutions: 2, batchNorm: true, pool: 'none', join: 'average' })).toEqual([
      ...['Conv2D 8×8×4', 'BatchNormalization 8×8×4', 'Activation 8×8×4'],
      ...['Conv2D 8×8×4', 'BatchNormalization 8×8×4', 'Activation 8×8×4'],
      ...['GlobalAveragePooling2D 4', 'Dense 1'],
    ]);
    expect(kinds({ pool: 'average', join: 'max', hidden: [5], dropout: 0.5 })).toEqual([
      ...['Conv2D 8×8×4', 'AveragePooling2D 4×4×4', 'SeededDropout 4×4×4'],
      ...['GlobalMaxPooling2D 4', 'Dense 5', 'SeededDropout 5', 'Dense 1'],
    ]);
  });
});

describe('rnn', () => {
  test('padding at the end changes nothing, unless masking is off', () => {
    const predict = (maskPadding: boolean, cell: 'simple' | 'gru' | 'lstm', bidirectional: boolean) => {
      const model = models.rnn({ cell, vocabulary: 9, units: 4, maskPadding, bidirectional, seed: 1 });
      const values = tf.tidy(() => {
        const short = model.predict(tf.tensor2d([[3, 1, 4]], [1, 3], 'int32')) as tf.Tensor;
        const padded = model.predict(tf.tensor2d([[3, 1, 4, 0, 0]], [1, 5], 'int32')) as tf.Tensor;
        return [short.dataSync()[0]!, padded.dataSync()[0]!];
      });
      model.dispose();
      return values as [number, number];
    };
    for (const cell of ['simple', 'gru', 'lstm'] as const)
      for (const bidirectional of [false, true]) {
        const [short, padded] = predict(true, cell, bidirectional);
        expect(padded).toBeCloseTo(short, 6);
        const [free, filled] = predict(false, cell, bidirectional);
        expect(Math.abs(free - filled)).toBeGreaterThan(1e-4);
      }
  });

  test('the recurrent weights of each gate are at right angles; both directions start apart', () => {
    const model = models.rnn({ cell: 'lstm', inputs: 3, units: 24, bidirectional: true, seed: 1 });
    const recurrent = model.weights.filter(({ originalName }) => originalName.endsWith('recurrent_kernel'));
    const [forward, backward] = recurrent.map(weight => weight.read() as tf.Tensor2D);
    tf.tidy(() => {
      const products = forward!.matMul(forward!, false, true); // (units, units)
      expect(products.sub(tf.eye(24)).abs().max().dataSync()[0]).toBeLessThan(1e-5);
      expect(forward!.sub(backward!).abs().mean().dataSync()[0]).toBeGreaterThan(0.01);
    });
    model.dispose();
  });
});

describe('transformer', () => {
  test('what comes later changes nothing before it in a decoder, and all in an encoder', () => {
    const model = models.transformer({ kind: 'decoder', vocabulary: 9, length: 6, width: 8, heads: 2, seed: 1 });
    tf.tidy(() => {
      const predict = (tokens: number[]) =>
        (model.predict(tf.tensor2d([tokens], [1, tokens.length], 'int32')) as tf.Tensor3D).arraySync()[0]!;
      const [a, b] = [predict([1, 2, 3, 4, 5]), predict([1, 2, 3, 8, 7])];
      expect(a.slice(0, 3)).toEqual(b.slice(0, 3));
      expect(a[3]).not.toEqual(b[3]);
      expect(a[4]!.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    });
    model.dispose();
  });

  test('an encoder passes over padding, wherever the mask is on', () => {
    const build = (maskPadding: boolean) =>
      models.transformer({ kind: 'encoder', vocabulary: 9, length: 6, width: 8, heads: 2, maskPadding, seed: 1 });
    const change = (model: tf.LayersModel) => {
      const difference = tf.tidy(() => {
        const predict = (tokens: number[]) =>
          (model.predict(tf.tensor2d([tokens], [1, tokens.length], 'int32')) as tf.Tensor).dataSync()[0]!;
        return Math.abs(predict([3, 1, 4]) - predict([3, 1, 4, 0, 0]));
      });
      model.dispose();
      return difference;
    };
    expect(change(build(true))).toBeLessThan(1e-6);
    expect(change(build(false))).toBeGreaterThan(1e-4);
  });

  test('attention tells who looks at whom', () => {
    const model = models.transformer({ kind: 'decoder', vocabulary: 9, length: 6, width: 8, heads: 2, seed: 1 });
    const layers = models.attention(model, [1, 2, 3, 4]);
    expect(layers.map(({ layer }) => layer)).toEqual(['block1/attention', 'block2/attention']);
    for (const { heads } of layers) {
      expect(heads.length).toBe(2);
      for (const rows of heads)
        for (const [i, row] of rows.entries()) {
          expect(row.slice(i + 1)).toEqual(new Array(3 - i).fill(0));
          expect(row.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
        }
    }
    expect(layers[0]!.heads[0]).not.toEqual(layers[0]!.heads[1]);
    expect(models.attention(model, [1, 2, 3, 4])).toEqual(layers);
    model.dispose();
  });

  test('without positions a sequence would be a set: with them its order counts', () => {
    for (const positions of ['sinusoidal', 'learned'] as const) {
      const model = models.transformer({ kind: 'encoder', vocabulary: 9, length: 6, width: 8, positions, seed: 1 });
      tf.tidy(() => {
        const predict = (tokens: number[]) =>
          (model.predict(tf.tensor2d([tokens], [1, tokens.length], 'int32')) as tf.Tensor).dataSync()[0]!;
        expect(Math.abs(predict([1, 2, 3]) - predict([3, 2, 1]))).toBeGreaterThan(1e-5);
      });
      model.dispose();
    }
  });
});

describe('autoencoders', () => {
  test.each([
    ['autoencoder', () => models.autoencoder({ inputs: 6, hidden: [5, 4], code: 2, seed: 1 }), [3, 6]],
    [
      'convolutional',
      () => models.autoencoder({ inputs: [8, 4, 2], channels: [3, 4], code: 2, seed: 1 }),
      [3, 8, 4, 2],
    ],
    ['vae', () => models.vae({ inputs: 6, hidden: [5], code: 2, seed: 1 }), [3, 6]],
  ])('%s: its halves, one after the other, are the whole', (_, build, shape) => {
    const model = build();
    const [encoder, decoder] = [models.encoder(model), models.decoder(model)];
    tf.tidy(() => {
      const x = tf.randomNormal(shape, 0, 1, 'float32', 1);
      const whole = model.predict(x) as tf.Tensor;
      const code = encoder.predict(x) as tf.Tensor;
      expect(code.shape).toEqual([3, 2]);
      expect([...(decoder.predict(code) as tf.Tensor).dataSync()]).toEqual([...whole.dataSync()]);
      expect(whole.shape).toEqual(shape);
    });
    expect(models.summary(model).parameters).toBe(model.countParams());
    // In either order, and the weights live as long as one of the three does.
    model.dispose();
    tf.tidy(() => void encoder.predict(tf.zeros(shape)));
    encoder.dispose();
    decoder.dispose();
  });

  test('the divergence of a vae is that of its formula, and zero for codes that are standard normal', () => {
    const model = models.vae({ inputs: 4, hidden: [3], code: 2, beta: 2, seed: 1 });
    const head = (name: string) =>
      tf.model({ inputs: model.inputs, outputs: model.getLayer(name).output as tf.SymbolicTensor });
    tf.tidy(() => {
      const x = tf.randomNormal([5, 4], 0, 1, 'float32', 1);
      const divergence = () => {
        model.apply(x, { losses: true });
        return model.calculateLosses()[0]!.dataSync()[0]!;
      };
      const mean = (head('mean').predict(x) as tf.Tensor2D).arraySync();
      const logVariance = (head('logVariance').predict(x) as tf.Tensor2D).arraySync();
      const each = mean.map((row, i) =>
        row.reduce((sum, m, j) => sum + 0.5 * (Math.exp(logVariance[i]![j]!) + m * m - 1 - logVariance[i]![j]!), 0),
      );
      expect(divergence()).toBeCloseTo((2 / 4) * (each.reduce((a, b) => a + b) / 5), 5);
      for (const name of ['mean', 'logVariance'])
        model.getLayer(name).setWeights(
          model
            .getLayer(name)
            .getWeights()
            .map(weight => tf.zerosLike(weight)),
        );
      expect(divergence()).toBeCloseTo(0, 7);
    });
    expect(() => model.calculateLosses()).toThrow("The divergence of 'code' is known only after a forward pass");
    model.dispose();
  });

  test('a vae draws its codes anew in each step of training, from mean and variance, and not outside of it', () => {
    const model = models.vae({ inputs: 2, hidden: [], code: 1, seed: 1 });
    const set = (name: string, kernel: number[], shape: number[], bias: number[]) =>
      tf.tidy(() => model.getLayer(name).setWeights([tf.tensor(kernel, shape), tf.tensor1d(bias)]));
    set('mean', [0, 0], [2, 1], [3]);
    set('logVariance', [0, 0], [2, 1], [Math.log(4)]);
    set('output', [1, 0], [1, 2], [0, 0]);
    tf.tidy(() => {
      const x = tf.zeros([4000, 2]);
      const codes = () => {
        const drawn = (model.apply(x, { training: true }) as tf.Tensor).slice([0, 0], [-1, 1]);
        model.calculateLosses();
        return drawn;
      };
      const [first, second] = [codes(), codes()];
      const { mean, variance } = tf.moments(first);
      expect(mean.dataSync()[0]).toBeCloseTo(3, 0);
      expect(Math.abs(mean.dataSync()[0]! - 3)).toBeLessThan(0.1);
      expect(Math.abs(variance.dataSync()[0]! - 4)).toBeLessThan(0.4);
      expect(first.sub(second).abs().mean().dataSync()[0]).toBeGreaterThan(1);
      expect((model.predict(x) as tf.Tensor).slice([0, 0], [-1, 1]).sub(3).abs().max().dataSync()[0]).toBe(0);
    });
    model.dispose();
  });
});

test('a config of any kind has its type', () => {
  expectTypeOf(models.create).parameter(0).toEqualTypeOf<models.ModelConfig>();
  expectTypeOf<{ kind: 'decoder'; vocabulary: 9; length: 4 }>().toExtend<models.ModelConfig>();
  expectTypeOf<{ kind: 'decoder'; vocabulary: 9; length: 4; outputs: 3 }>().toExtend<models.ModelConfig>();
  expectTypeOf<{ kind: 'mlp'; inputs: 9 }>().not.toExtend<models.ModelConfig>();
  expectTypeOf<{ cell: 'gru'; vocabulary: 9; inputs: 3; units: 4 }>().not.toExtend<models.RnnConfig>();
  expectTypeOf<{ inputs: 9; channels: [3]; code: 2 }>().not.toExtend<models.AutoencoderConfig>();
});

test.each<[() => unknown, string, string | undefined]>([
  [
    () => models.cnn({ inputs: [28, 28] as never, channels: [8] }),
    'models.cnn({ inputs }): expected the shape of one image, [height, width, channels], received [28, 28].',
    'Grey images have one channel: [height, width, 1].',
  ],
  [
    () => models.cnn({ inputs: [8, 8, 1], channels: [2, 2, 2, 2] }),
    'models.cnn: 4 blocks halve an image of 8 × 8 until nothing is left.',
    "Use at most 3 blocks, or pool: 'none'.",
  ],
  [
    () => models.cnn({ inputs: [8, 8, 1], channels: 8 as never }),
    'models.cnn({ channels }): expected a list of filter counts, such as [16, 32], received 8.',
    'For one hidden layer write channels: [8].',
  ],
  [
    () => models.cnn({ inputs: [8, 8, 1], channels: [] }),
    'models.cnn({ channels }): expected at least one block, received [].',
    'Without convolutions it is an mlp: models.mlp({ inputs, hidden }).',
  ],
  [
    () => models.rnn({ cell: 'gru', units: 4 } as never),
    'models.rnn(config): expected either vocabulary, to read tokens, or inputs, to read so many numbers at each step, received an object with cell, units.',
    undefined,
  ],
  [
    () => models.rnn({ cell: 'gru', units: 4, inputs: 2, embedding: 3 } as never),
    "models.rnn(config): expected options among inputs, cell, units, bidirectional, predict, outputs, task, dropout, seed, received 'embedding'.",
    undefined,
  ],
  [
    () => models.transformer({ kind: 'decoder', vocabulary: 9, length: 4, width: 10, heads: 4 }),
    'models.transformer({ heads }): expected a number that divides the width 10, received 4.',
    'Each head takes an equal part of the width.',
  ],
  [
    () => models.transformer({ kind: 'decoder', vocabulary: 9, length: 4, task: 'binary' } as never),
    "models.transformer(config): expected options among kind, vocabulary, length, width, heads, blocks, feedForward, positions, dropout, seed, received 'task'.",
    undefined,
  ],
  [
    () => models.autoencoder({ inputs: [8, 8, 1], hidden: [3], code: 2 } as never),
    'models.autoencoder({ inputs }): expected a whole number from 1, received [8, 8, 1].',
    'For images give channels instead of hidden, or flatten them: inputs: 64.',
  ],
  [
    () => models.vae({ inputs: 8, code: 2 } as never),
    'models.vae({ hidden }): expected either hidden, for dense layers, or channels, for convolutions, received neither.',
    undefined,
  ],
  [
    () => models.autoencoder({ inputs: [28, 28, 1], channels: [2, 2, 2], code: 2 }),
    'models.autoencoder({ channels }): 3 convolutions halve 28 × 28 to no whole number of pixels.',
    'Use fewer, or images whose sides can be halved as often.',
  ],
  [
    () => models.mlp({ inputs: 8, hidden: [], dropout: 20 }),
    'models.mlp({ dropout }): expected a number from 0 to 0.95, received 20.',
    'It is a share: 0.2 leaves out a fifth.',
  ],
  [
    () => models.create({ kind: 'cnnn' } as never),
    "models.create({ kind }): expected one of 'linear', 'mlp', 'cnn', 'rnn', 'encoder', 'decoder', 'autoencoder', 'vae', received 'cnnn'.",
    "Did you mean 'cnn'?",
  ],
])('%# a wrong config says what to do', (build, message, hint) => {
  let error: LearnableError | undefined;
  try {
    build();
  } catch (thrown) {
    error = thrown as LearnableError;
  }
  expect(error?.message).toBe(message);
  expect(error?.hint).toBe(hint);
});

test('wrong models and sequences are refused', () => {
  const model = models.mlp({ inputs: 2, hidden: [3], seed: 1 });
  expect(() => models.encoder(model)).toThrow(
    "models.encoder(model): expected an autoencoder, which has a layer 'code', received 'mlp', which has none.",
  );
  expect(() => models.decoder(undefined as never)).toThrow('received undefined.');
  expect(() => models.attention(model, [1])).toThrow(
    "models.attention(model): expected a model with attention, received 'mlp', which has none.",
  );
  model.dispose();
  const decoder = models.transformer({ kind: 'decoder', vocabulary: 9, length: 4, seed: 1 });
  expect(() => models.attention(decoder, [1, 9])).toThrow(
    'models.attention(model, tokens)[1]: expected a whole number from 0 to 8, received 9.',
  );
  expect(() => models.attention(decoder, [1, 2, 3, 4, 5])).toThrow(
    'The model reads at most 4 tokens, and the sequence has 5.',
  );
  decoder.dispose();
});
