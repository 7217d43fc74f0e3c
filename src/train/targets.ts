import * as tf from '@tensorflow/tfjs';
import { assertFinite, describe, formatShape, LearnableError, mismatch } from '../core/index.ts';
import type { LossFunction, LossName } from './loss.ts';

/** What `fit`, `evaluate` and `step` take: tensors with one row for each example, such as `prepare(frame)` gives. */
export interface Data {
  x: tf.Tensor;
  y?: tf.Tensor;
  /** The name of each class, by its number. */
  classes?: readonly string[];
  /** The name of each column of `x`. */
  features?: readonly string[];
}

/**
 * Checks the data against the model and the loss, and gives `y` in the shape of the model's output:
 * class numbers become one-hot rows, a list of numbers becomes a column. The caller disposes the result.
 */
export function targetsOf(where: string, model: tf.LayersModel, data: Data, loss: LossName | LossFunction): tf.Tensor {
  assertData(where, model, data);
  const y = data.y!;
  const outputs = (model.outputShape as (number | null)[]).slice(1);
  const width = outputs.length === 1 ? outputs[0]! : undefined;
  const rows = y.shape[0]!;
  const isColumn = y.rank === 1 || (y.rank === 2 && y.shape[1] === 1);
  if (loss === 'categoricalCrossentropy' && width !== undefined && isColumn)
    return oneHot(where, y, width, data.classes);
  if (y.rank === 1 && width === 1)
    return checked(
      where,
      tf.tidy(() => y.toFloat().reshape([rows, 1])),
      loss,
    );
  const fits = y.rank === outputs.length + 1 && outputs.every((size, i) => size === null || size === y.shape[i + 1]);
  if (!fits) throw wrongShape(where, y, outputs, isColumn);
  return checked(where, y.toFloat(), loss);
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

function assertData(where: string, model: tf.LayersModel, data: Data): void {
  for (const key of ['x', 'y'] as const) {
    const value = (data as Partial<Data> | undefined)?.[key];
    if (!(value instanceof tf.Tensor))
      throw mismatch({
        where: `${where}(model, { ${key} })`,
        expected: 'a tensor',
        received: describe(value),
        hint: Array.isArray(value)
          ? `Make one of it: tf.tensor(${key}).`
          : key === 'y'
            ? 'Prepare the data with a target.'
            : undefined,
      });
    if (value.isDisposed)
      throw new LearnableError(`${where}(model, { ${key} }): the tensor was disposed before.`, {
        hint: 'Make it again, or move its dispose() behind this call.',
      });
  }
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
  assertNumbers(where, 'y', y);
}

function assertNumbers(where: string, key: string, tensor: tf.Tensor, names?: readonly string[]): void {
  const values = tensor.dataSync();
  const width = tensor.rank === 2 ? tensor.shape[1]! : 0;
  const bad = values.findIndex((value: number) => !Number.isFinite(value));
  if (bad < 0) return;
  const column = bad % width;
  const place = names?.[column]
    ? ` The first is in row ${Math.floor(bad / width)}, counted from 0, of '${names[column]}'.`
    : '';
  const hint = `One of them spoils every weight: fill or drop missing values before training.${place}`;
  assertFinite(`${where}(model, { ${key} })`, values, hint);
}

/** Class numbers (rows) or (rows, 1) → (rows, classes). */
function oneHot(where: string, y: tf.Tensor, classes: number, names?: readonly string[]): tf.Tensor {
  const numbers = y.dataSync();
  const wrong = numbers.find((value: number) => !Number.isInteger(value) || value < 0 || value >= classes);
  if (wrong !== undefined) {
    const known = names ? ` (${names.length} classes: ${names.join(', ')})` : '';
    throw mismatch({
      where: `${where}(model, { y })`,
      expected: `class numbers from 0 to ${classes - 1}, as the model has ${classes} outputs`,
      received: `${wrong}${known}`,
      hint:
        Number.isInteger(wrong) && wrong >= classes
          ? `Build the model with outputs: ${names?.length ?? 'the number of classes'}.`
          : undefined,
    });
  }
  return tf.tidy(() => tf.oneHot(tf.tensor1d(Int32Array.from(numbers), 'int32'), classes).toFloat());
}

/** Takes over `target`; for cross-entropy its values must be probabilities. */
function checked(where: string, target: tf.Tensor, loss: LossName | LossFunction): tf.Tensor {
  if (loss !== 'binaryCrossentropy' && loss !== 'categoricalCrossentropy') return target;
  const wrong = target.dataSync().find((value: number) => value < 0 || value > 1);
  if (wrong === undefined) return target;
  target.dispose();
  throw mismatch({
    where: `${where}(model, { y })`,
    expected: `values from 0 to 1, as ${loss} compares probabilities`,
    received: String(wrong),
    hint: "For numbers, build the model with task: 'regression'; for several classes, with task: 'classification'.",
  });
}

function wrongShape(where: string, y: tf.Tensor, outputs: (number | null)[], isColumn: boolean): LearnableError {
  const classes = isColumn && y.dtype === 'int32' && (outputs[0] ?? 0) > 1;
  return mismatch({
    where: `${where}(model, { y })`,
    expected: `shape ${formatShape([null, ...outputs])}, as the model's output`,
    received: formatShape(y.shape),
    hint: classes
      ? "y holds class numbers: build the model with task: 'classification'."
      : y.rank === 2 && outputs.length === 1
        ? `Build the model with outputs: ${y.shape[1]}.`
        : undefined,
  });
}
