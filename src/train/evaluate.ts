import * as tf from '@tensorflow/tfjs';
import { assertKeys } from '../core/index.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName, meanLoss, outputActivation } from './loss.ts';
import { chooseMetrics, type MetricName, measure, winners } from './scores.ts';
import { assertModel, type Data, targetsOf } from './targets.ts';

export interface EvaluateOptions {
  loss?: LossName | LossFunction;
  metrics?: readonly MetricName[];
}

export interface Evaluation {
  loss: number;
  /** Of a classifier: the share that it got right. */
  accuracy?: number;
  meanSquaredError?: number;
  meanAbsoluteError?: number;
  /** For each row: the number of the class that it took it for, or the number(s) that it predicts. */
  predictions: number[] | number[][];
  /** For each row: what is true. */
  truth: number[] | number[][];
  /** Of a classifier: which class was taken for which; `matrix[i][j]` counts class `i` taken for class `j`. */
  confusion?: { classes: string[]; matrix: number[][] };
}

/**
 * Scores a model on data that it did not learn from, without changing it.
 *
 * @example const { accuracy, confusion } = await train.evaluate(model, prepare(test));
 */
export async function evaluate(model: tf.LayersModel, data: Data, options: EvaluateOptions = {}): Promise<Evaluation> {
  const where = 'train.evaluate';
  assertKeys(`${where}(options)`, options, ['loss', 'metrics']);
  assertModel(where, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(where, loss, model);
  const metrics = chooseMetrics(where, model, options.metrics);
  const target = targetsOf(where, model, data, loss);
  const output = model.predict(data.x) as tf.Tensor; // (rows, outputs)
  try {
    const lossValue = tf.tidy(() => meanLoss(loss, target, output).dataSync()[0]!);
    const measured = Object.fromEntries(metrics.map(metric => [metric, measure(metric, target, output)]));
    const scores = { loss: lossValue, ...measured };
    if (!isClassifier(model)) return { ...scores, predictions: rows(output), truth: rows(target) };
    const [predictions, truth] = [classNumbers(output), classNumbers(target)];
    const count = Math.max(2, output.shape.at(-1)!);
    const classes = data.classes?.length ? [...data.classes] : Array.from({ length: count }, (_, i) => String(i));
    const confusion = { classes, matrix: crossCount(truth, predictions, classes.length) };
    return { ...scores, predictions, truth, confusion };
  } finally {
    target.dispose();
    output.dispose();
  }
}

function isClassifier(model: tf.LayersModel): boolean {
  const activation = outputActivation(model);
  const outputs = (model.outputShape as (number | null)[]).at(-1);
  // Several sigmoids answer several questions at once: no row is of one class alone.
  return activation === 'softmax' || (activation === 'sigmoid' && outputs === 1);
}

function classNumbers(tensor: tf.Tensor): number[] {
  return tf.tidy(() => [...winners(tensor).dataSync()]);
}

function rows(tensor: tf.Tensor): number[] | number[][] {
  return tensor.shape.at(-1) === 1 ? [...tensor.dataSync()] : (tensor.arraySync() as number[][]);
}

function crossCount(truth: number[], predictions: number[], classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [i, wanted] of truth.entries()) {
    const row = matrix[wanted];
    if (row) row[predictions[i]!] = (row[predictions[i]!] ?? 0) + 1;
  }
  return matrix;
}
