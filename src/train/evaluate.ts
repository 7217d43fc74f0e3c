import type * as tf from '@tensorflow/tfjs';
import { assertKeys } from '../core/index.ts';
import { assertModel, type Data } from './data.ts';
import { disposeExamples, examplesOf } from './examples.ts';
import { judge } from './judge.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName } from './loss.ts';
import { answers, chooseMetrics, type MetricName, outputKind } from './scores.ts';

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
 * Scores a model on data that it did not learn from, without changing it. A model that predicts at every step has its
 * `predictions` and `truth` step by step in each row.
 *
 * @example
 * const model = models.linear({ inputs: 1, task: 'binary', seed: 1 });
 * const test = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([0, 1]) };
 * const { accuracy, confusion } = await train.evaluate(model, test);
 */
export async function evaluate(model: tf.LayersModel, data: Data, options: EvaluateOptions = {}): Promise<Evaluation> {
  const where = 'train.evaluate';
  assertKeys(`${where}(options)`, options, ['loss', 'metrics']);
  assertModel(where, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(where, loss, model);
  const metrics = chooseMetrics(where, model, options.metrics);
  const examples = examplesOf(where, model, data, loss);
  const kind = outputKind(model);
  const rank = model.outputs[0]!.shape.length;
  const isClassifier = kind === 'classes' || kind === 'binary';
  const [predictions, truth] = [[] as unknown[], [] as unknown[]];
  try {
    const scores = await judge(model, examples, { loss, metrics }, (batch, output) => {
      const [found, wanted] = isClassifier
        ? [answers(kind, output, rank), answers(kind, batch.target, rank)]
        : [column(output), column(batch.target)];
      predictions.push(...(found.arraySync() as unknown[]));
      truth.push(...(wanted.arraySync() as unknown[]));
    });
    const result = { ...scores, predictions, truth } as Evaluation;
    if (!isClassifier || rank > 2) return result;
    const count = Math.max(2, model.outputs[0]!.shape.at(-1)!);
    const classes = data.classes?.length ? [...data.classes] : Array.from({ length: count }, (_, i) => String(i));
    const matrix = crossCount(truth as number[], predictions as number[], classes.length);
    return { ...result, confusion: { classes, matrix } };
  } finally {
    disposeExamples(examples);
  }
}

/** One number a row instead of lists of one. */
function column(values: tf.Tensor): tf.Tensor {
  return values.rank === 2 && values.shape[1] === 1 ? values.squeeze([1]) : values;
}

function crossCount(truth: number[], predictions: number[], classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [i, wanted] of truth.entries()) {
    const row = matrix[wanted];
    if (row) row[predictions[i]!] = (row[predictions[i]!] ?? 0) + 1;
  }
  return matrix;
}
