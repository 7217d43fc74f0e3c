import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LearnableError } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import * as models from '../../src/models/index.ts';
import * as train from '../../src/train/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

async function errorOf(work: () => Promise<unknown>): Promise<LearnableError> {
  try {
    await work();
  } catch (error) {
    return error as LearnableError;
  }
  throw new Error('nothing was thrown');
}

const regression = () => models.linear({ inputs: 2, seed: 1 });
const classifier = () => models.linear({ inputs: 2, outputs: 3, task: 'classification', seed: 1 });
const binary = () => models.linear({ inputs: 2, task: 'binary', seed: 1 });
const x = () => tf.ones([4, 2]);
const numbers = (values: number[], dtype: 'float32' | 'int32' = 'float32') => tf.tensor1d(values, dtype);

type Case = [string, () => tf.LayersModel, () => Partial<train.Data>, train.FitOptions, string, string?];
const cases: Case[] = [
  [
    'no tensor',
    regression,
    () => ({ x: [[1, 2]] as never }),
    {},
    'train.fit(model, { x }): expected a tensor, received an array of 1.',
    'Make one of it: tf.tensor(x).',
  ],
  [
    'no target',
    regression,
    () => ({ x: x() }),
    {},
    'train.fit(model, { y }): expected a tensor, received undefined.',
    'Prepare the data with a target.',
  ],
  [
    'another width',
    regression,
    () => ({ x: tf.ones([4, 3]), y: tf.ones([4]) }),
    {},
    "train.fit(model, { x }): expected shape [any, 2], as the model's input, received [4, 3].",
    'Build the model with inputs: 3.',
  ],
  [
    'other rows',
    regression,
    () => ({ x: x(), y: tf.ones([5]) }),
    {},
    'train.fit(model, { x, y }): expected as many rows in y as in x, received 4 in x and 5 in y.',
  ],
  [
    'no rows',
    regression,
    () => ({ x: tf.zeros([0, 2]), y: tf.zeros([0]) }),
    {},
    'train.fit(model, { x }): expected at least one row, received none.',
  ],
  [
    'other targets',
    regression,
    () => ({ x: x(), y: tf.ones([4, 3]) }),
    {},
    "train.fit(model, { y }): expected shape [any, 1], as the model's output, received [4, 3].",
    'Build the model with outputs: 3.',
  ],
  [
    'classes for numbers',
    () => models.linear({ inputs: 2, outputs: 3, seed: 1 }),
    () => ({ x: x(), y: numbers([0, 1, 2, 0], 'int32') }),
    {},
    "train.fit(model, { y }): expected shape [any, 3], as the model's output, received [4].",
    "y holds class numbers: build the model with task: 'classification'.",
  ],
  [
    'a class too many',
    classifier,
    () => ({ x: x(), y: numbers([0, 1, 3, 0], 'int32'), classes: ['a', 'b', 'c', 'd'] }),
    {},
    'train.fit(model, { y }): expected class numbers from 0 to 2, as the model has 3 outputs, received 3 (4 classes: a, b, c, d).',
    'Build the model with outputs: 4.',
  ],
  [
    'half a class',
    classifier,
    () => ({ x: x(), y: numbers([0, 0.5, 1, 0]) }),
    {},
    'train.fit(model, { y }): expected class numbers from 0 to 2, as the model has 3 outputs, received 0.5.',
  ],
  [
    'no probability',
    binary,
    () => ({ x: x(), y: numbers([0, 1, 2, 0]) }),
    {},
    'train.fit(model, { y }): expected values from 0 to 1, as binaryCrossentropy compares probabilities, received 2.',
    "For numbers, build the model with task: 'regression'; for several classes, with task: 'classification'.",
  ],
  [
    'NaN in the data',
    regression,
    () => ({
      x: tf.tensor2d([
        [1, 2],
        [3, Number.NaN],
        [1, 1],
        [0, 0],
      ]),
      y: tf.ones([4]),
      features: ['mass', 'length'],
    }),
    {},
    'train.fit(model, { x }): expected finite numbers, received 1 of 8 that is not, the first one NaN at position 3.',
    "One of them spoils every weight: fill or drop missing values before training. The first is in row 1, counted from 0, of 'length'.",
  ],
  [
    'a loss that needs probabilities',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { loss: 'binaryCrossentropy' },
    "train.fit({ loss: 'binaryCrossentropy' }): expected an output layer with sigmoid, received one with linear.",
    "This loss needs probabilities: give the last layer activation: 'sigmoid', or leave the loss out.",
  ],
  [
    'an unknown loss',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { loss: 'meanSquareError' as never },
    "train.fit({ loss }): expected one of 'meanSquaredError', 'meanAbsoluteError', 'categoricalCrossentropy', 'binaryCrossentropy', received 'meanSquareError'.",
    "Did you mean 'meanSquaredError'?",
  ],
  [
    'accuracy of numbers',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { metrics: ['accuracy'] },
    'train.fit({ metrics }): accuracy counts right classes, and this model predicts numbers.',
    "Use 'meanAbsoluteError', or build the model with task: 'classification'.",
  ],
  [
    'a misspelt option',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { epoch: 3 } as never,
    "train.fit(options): expected options among epochs, batchSize, seed, optimizer, schedule, clip, loss, metrics, classWeights, validation, validationSplit, earlyStopping, shuffle, checkpoint, resume, live, signal, onEpochEnd, callbacks, received 'epoch'.",
    "Did you mean 'epochs'?",
  ],
  [
    'no epochs',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { epochs: 0 },
    'train.fit({ epochs }): expected a whole number from 1, received 0.',
  ],
  [
    'an unknown optimiser',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { optimizer: { kind: 'adamm' as 'adam' } },
    "optimizer.kind: expected one of 'sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw', received 'adamm'.",
    "Did you mean 'adam'?",
  ],
  [
    'a learning rate of 0',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { optimizer: { kind: 'sgd', learningRate: 0 } },
    'optimizer.learningRate: expected a number above 0, received 0.',
  ],
  [
    'validation twice',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { validation: {} as never, validationSplit: 0.2 },
    'train.fit: expected validation or validationSplit, received both.',
    'Leave one out.',
  ],
  [
    'too few rows to split',
    regression,
    () => ({ x: x(), y: tf.ones([4]) }),
    { validationSplit: 0.1 },
    'train.fit({ validationSplit: 0.1 }): 4 rows are too few to split.',
  ],
];

test.each(cases)('%s', async (_, build, make, options, message, hint) => {
  const data = make();
  const error = await errorOf(() => train.fit(build(), data as train.Data, options));
  expect(error.message).toBe(message);
  expect(error.hint).toBe(hint);
  for (const value of [data.x, data.y]) if (value instanceof tf.Tensor) value.dispose();
});

test('what is no model, or one of several outputs', async () => {
  const data = { x: x(), y: tf.ones([4]) };
  const none = await errorOf(() => train.fit({} as never, data));
  expect(none.message).toBe('train.fit(model): expected a tfjs layers model, received an empty object.');
  expect(none.hint).toBe('models.mlp(…), models.linear(…) and tf.sequential(…) make one.');
  const input = tf.input({ shape: [2] });
  const outputs = [1, 2].map(units => tf.layers.dense({ units }).apply(input) as tf.SymbolicTensor);
  const two = await errorOf(() => train.evaluate(tf.model({ inputs: input, outputs }), data));
  expect(two.message).toBe(
    'train.evaluate(model): expected a model with one input and one output, received one with 1 and 2.',
  );
  expect(() => train.step(undefined as never, data, undefined as never)).toThrow('received undefined.');
  expect(() => train.gradients(3 as never, data)).toThrow('train.gradients(model): expected a tfjs layers model');
  tf.dispose([data.x, data.y]);
});

test('a tensor that was disposed', async () => {
  const gone = x();
  gone.dispose();
  const error = await errorOf(() => train.fit(regression(), { x: gone, y: gone }));
  expect(error.message).toBe('train.fit(model, { x }): the tensor was disposed before.');
});

describe('a loss that stops being a number', () => {
  test('is explained, with the history so far', async () => {
    const model = regression();
    const data = {
      x: tf.tensor2d([
        [30, 1],
        [-20, 2],
        [10, 5],
      ]),
      y: numbers([1, 2, 3]),
    };
    const error = (await errorOf(() =>
      train.fit(model, data, { epochs: 100, seed: 1, optimizer: { kind: 'sgd', learningRate: 0.5 } }),
    )) as train.DivergenceError;
    expect(error).toBeInstanceOf(train.DivergenceError);
    expect(error.message).toMatch(
      /^train\.fit: the loss became (NaN|Infinity) in epoch \d+, batch 1\. Before it was \S+ on average\.$/,
    );
    expect(error.hint).toBe(
      'The data has no NaN. The learning rate 0.5 is probably too high: build the model again and try a lower one, such as 0.05, or scale the data.',
    );
    expect(error.history.epochs.length).toBeGreaterThan(1);
    expect(error.history.epochs.every(({ loss }) => Number.isFinite(loss))).toBe(true);

    const spoilt = tf.tensor2d([[Number.NaN], [0]]);
    const bias = tf.zeros([1]);
    model.setWeights([spoilt, bias]);
    const again = await errorOf(() => train.fit(model, data));
    expect(again.message).toBe("train.fit(model): 'output/kernel' holds weights that are no numbers (NaN).");
    expect(again.hint).toBe('An earlier run spoilt them, often by too high a learning rate. Build the model again.');
    tf.dispose([data.x, data.y, spoilt, bias]);
  });

  test("can be the caller's own loss", async () => {
    const data = { x: x(), y: tf.ones([4]) };
    const loss = (target: tf.Tensor, output: tf.Tensor) => target.sub(output).log().mul(Number.NaN);
    const error = await errorOf(() => train.fit(regression(), data, { loss }));
    expect(error.message).toBe('train.fit: the loss became NaN in epoch 1, batch 1.');
    expect(error.hint).toContain('Or your loss divides by 0 or takes the logarithm of 0.');
    tf.dispose([data.x, data.y]);
  });
});
