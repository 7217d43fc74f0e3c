import * as tf from '@tensorflow/tfjs';
import { assertNumber, describe, LearnableError, mismatch } from '../core/index.ts';
import type { Data } from './data.ts';
import type { Examples } from './examples.ts';
import { answers, outputKind } from './scores.ts';

/**
 * How much each class counts: a list by class number, an object by class name or number, or 'balanced', which gives
 * rare classes as much say as frequent ones: rows / (classes × rows of the class).
 */
export type ClassWeights = 'balanced' | readonly number[] | Readonly<Record<string, number>>;

/** The weight of each example, or of each position: that of its class times its own. The caller disposes it. */
export function classWeightsOf(
  where: string,
  model: tf.LayersModel,
  data: Data,
  examples: Examples,
  classWeights: ClassWeights,
): tf.Tensor {
  const kind = outputKind(model);
  if (kind !== 'classes' && kind !== 'binary')
    throw new LearnableError(`${where}: only a classifier has classes to weigh, and this model predicts numbers.`, {
      hint: 'Weigh the examples instead: give the data sampleWeights.',
    });
  const count = Math.max(2, model.outputs[0]!.shape.at(-1)!);
  return tf.tidy(() => {
    const numbers = answers(kind, examples.target, model.outputs[0]!.shape.length); // (rows) or (rows, time)
    const weights = weightsByClass(where, classWeights, numbers.dataSync(), count, data.classes);
    const each = tf.tensor1d(weights).gather(numbers.toInt());
    const own = examples.weights;
    return own ? each.mul(own.rank < each.rank ? own.expandDims(1) : own) : each;
  });
}

function weightsByClass(
  where: string,
  given: ClassWeights,
  numbers: ArrayLike<number>,
  count: number,
  names: readonly string[] | undefined,
): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (given === 'balanced') {
    const rows = all.map(() => 0);
    for (let i = 0; i < numbers.length; i++) rows[numbers[i]!]!++;
    const present = rows.filter(n => n > 0).length;
    return rows.map(n => (n === 0 ? 1 : numbers.length / (present * n)));
  }
  if (given === null || typeof given !== 'object')
    throw mismatch({ where, expected: "'balanced' or a weight for each class", received: describe(given) });
  const label = (i: number) => names?.[i] ?? String(i);
  const byName = given as Readonly<Record<string, number>>;
  const unknown = Object.keys(given).find(key => !all.some(i => key === label(i) || key === String(i)));
  if (unknown !== undefined || (Array.isArray(given) && given.length !== count))
    throw mismatch({
      where,
      expected: `weights of the classes ${all.map(label).join(', ')}`,
      received: Array.isArray(given) ? `${given.length} of them` : describe(unknown),
    });
  return all.map(i => {
    const weight = byName[label(i)] ?? byName[i] ?? 1;
    assertNumber(`${where}, class ${label(i)}`, weight, { min: 0 });
    return weight;
  });
}
