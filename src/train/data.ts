import * as tf from '@tensorflow/tfjs';
import { assertFinite, describe, formatShape, LearnableError, mismatch } from '../core/index.ts';

/** What `fit`, `evaluate` and `step` take: tensors with one row for each example, such as `prepare(frame)` gives. */
export interface Data {
  x: tf.Tensor;
  y?: tf.Tensor;
  /**
   * How much each example counts, from 0: (rows), or (rows, time) for sequences. The loss is multiplied by it; what has
   * the weight 0, such as padding, is as if it were not there. Default: all count 1.
   */
  sampleWeights?: tf.Tensor | readonly number[];
  /** The name of each class, by its number. */
  classes?: readonly string[];
  /** The name of each column of `x`. */
  features?: readonly string[];
}

/** One input, one output: what these functions train. */
export function assertModel(where: string, model: unknown): asserts model is tf.LayersModel {
  if (!(model instanceof tf.LayersModel))
    throw mismatch({
      where: `${where}(model)`,
      expected: 'a tfjs layers model',
      received: describe(model),
      hint: 'models.mlp(…), models.linear(…) and tf.sequential(…) make one.',
    });
  const [inputs, outputs] = [model.inputs.length, model.outputs.length];
  if (inputs !== 1 || outputs !== 1)
    throw mismatch({
      where: `${where}(model)`,
      expected: 'a model with one input and one output',
      received: `one with ${inputs} and ${outputs}`,
      hint: 'Train it with model.compile(…) and model.fit(…) of tfjs.',
    });
}

/** Weights that are no numbers make every loss no number. */
export function assertWeights(where: string, model: tf.LayersModel): void {
  const spoilt = model.weights.find(weight => !weight.read().dataSync().every(Number.isFinite));
  if (spoilt)
    throw new LearnableError(`${where}(model): '${spoilt.originalName}' holds weights that are no numbers (NaN).`, {
      hint: 'An earlier run spoilt them, often by too high a learning rate. Build the model again.',
    });
}

/** Tensors that are there, with as many rows, of the model's input, all finite. */
export function assertData(where: string, model: tf.LayersModel, data: Data): asserts data is Data & { y: tf.Tensor } {
  for (const key of ['x', 'y'] as const) assertTensor(where, key, (data as Partial<Data> | undefined)?.[key]);
  const { x, y, features } = data as Required<Data>;
  const inputs = (model.inputs[0]!.shape as (number | null)[]).slice(1);
  const fits = x.rank === inputs.length + 1 && inputs.every((size, i) => size === null || size === x.shape[i + 1]);
  if (!fits)
    throw mismatch({
      where: `${where}(model, { x })`,
      expected: `shape ${formatShape([null, ...inputs])}, as the model's input`,
      received: formatShape(x.shape),
      hint: x.rank === 2 && inputs.length === 1 ? `Build the model with inputs: ${x.shape[1]}.` : undefined,
    });
  if (x.shape[0] !== y.shape[0])
    throw mismatch({
      where: `${where}(model, { x, y })`,
      expected: 'as many rows in y as in x',
      received: `${x.shape[0]} in x and ${y.shape[0]} in y`,
    });
  if (x.shape[0] === 0)
    throw mismatch({ where: `${where}(model, { x })`, expected: 'at least one row', received: 'none' });
  assertNumbers(where, 'x', x, features);
  if (y !== x) assertNumbers(where, 'y', y);
}

function assertTensor(where: string, key: 'x' | 'y', value: unknown): void {
  if (!(value instanceof tf.Tensor)) {
    const hint = key === 'y' ? 'Prepare the data with a target.' : undefined;
    throw mismatch({
      where: `${where}(model, { ${key} })`,
      expected: 'a tensor',
      received: describe(value),
      hint: Array.isArray(value) ? `Make one of it: tf.tensor(${key}).` : hint,
    });
  }
  if (value.isDisposed)
    throw new LearnableError(`${where}(model, { ${key} }): the tensor was disposed before.`, {
      hint: 'Make it again, or move its dispose() behind this call.',
    });
}

function assertNumbers(where: string, key: string, tensor: tf.Tensor, names?: readonly string[]): void {
  const values = tensor.dataSync();
  let bad = 0;
  while (bad < values.length && Number.isFinite(values[bad])) bad++;
  if (bad === values.length) return;
  const width = tensor.rank === 2 ? tensor.shape[1]! : 0;
  const column = bad % width;
  const place = names?.[column]
    ? ` The first is in row ${Math.floor(bad / width)}, counted from 0, of '${names[column]}'.`
    : '';
  const hint = `One of them spoils every weight: fill or drop missing values before training.${place}`;
  assertFinite(`${where}(model, { ${key} })`, values, hint);
}
