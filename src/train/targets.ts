import * as tf from '@tensorflow/tfjs';
import { formatShape, type LearnableError, mismatch } from '../core/index.ts';
import type { Data } from './data.ts';
import type { LossFunction, LossName } from './loss.ts';

/**
 * `y` in the shape of the model's output: a list of numbers becomes a column. Class numbers for a softmax stay numbers,
 * int32 and without the last axis, so that a language model's targets stay small: the loss makes them one-hot batch by
 * batch. The data is checked before; the caller disposes the result.
 */
export function targetsOf(
  where: string,
  model: tf.LayersModel,
  data: Data & { y: tf.Tensor },
  loss: LossName | LossFunction,
): tf.Tensor {
  const { x, y } = data;
  const outputs = (model.outputShape as (number | null)[]).slice(1);
  const rows = y.shape[0]!;
  if (loss === 'categoricalCrossentropy' && namesClasses(y, outputs))
    return classNumbers(where, y, outputs, x, data.classes);
  if (y.rank === 1 && outputs.length === 1 && outputs[0] === 1)
    return checked(
      where,
      tf.tidy(() => y.toFloat().reshape([rows, 1])),
      loss,
    );
  const fits = y.rank === outputs.length + 1 && outputs.every((size, i) => size === null || size === y.shape[i + 1]);
  if (!fits) throw wrongShape(where, y, outputs);
  return checked(where, y.toFloat(), loss);
}

/** (rows, …) without the axis of the classes, or with one of length 1. */
function namesClasses(y: tf.Tensor, outputs: readonly (number | null)[]): boolean {
  const positions = outputs.slice(0, -1);
  const shape = y.shape.slice(1);
  if (shape.length === outputs.length && shape.at(-1) === 1) shape.pop();
  return shape.length === positions.length && positions.every((size, i) => size === null || size === shape[i]);
}

function classNumbers(
  where: string,
  y: tf.Tensor,
  outputs: readonly (number | null)[],
  x: tf.Tensor,
  names?: readonly string[],
): tf.Tensor {
  const classes = outputs.at(-1)!;
  const shape = y.shape.slice(0, outputs.length);
  if (outputs.length === 2 && outputs[0] === null && shape[1] !== x.shape[1])
    throw mismatch({
      where: `${where}(model, { y })`,
      expected: `a class number for each of the ${x.shape[1]} steps of x`,
      received: formatShape(y.shape),
    });
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
  return tf.tensor(Int32Array.from(numbers), shape, 'int32');
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

function wrongShape(where: string, y: tf.Tensor, outputs: (number | null)[]): LearnableError {
  const isColumn = y.rank === 1 || (y.rank === 2 && y.shape[1] === 1);
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
