import * as tf from '@tensorflow/tfjs';
import { assertOneOf, LearnableError, type Scores } from '../core/index.ts';
import { outputActivation } from './loss.ts';

export const METRICS = ['accuracy', 'meanSquaredError', 'meanAbsoluteError'] as const;
export type MetricName = (typeof METRICS)[number];

/** The metrics to report: accuracy for classifiers, none for regression, unless told otherwise. */
export function chooseMetrics(where: string, model: tf.LayersModel, wanted?: readonly MetricName[]): MetricName[] {
  const classifies = ['softmax', 'sigmoid'].includes(outputActivation(model));
  if (wanted === undefined) return classifies ? ['accuracy'] : [];
  for (const metric of wanted) {
    assertOneOf(`${where}({ metrics })`, metric, METRICS);
    if (metric === 'accuracy' && !classifies)
      throw new LearnableError(
        `${where}({ metrics }): accuracy counts right classes, and this model predicts numbers.`,
        {
          hint: "Use 'meanAbsoluteError', or build the model with task: 'classification'.",
        },
      );
  }
  return [...wanted];
}

/** The metric's mean over a batch; `target` and `output` are (batch, outputs). */
export function measure(metric: MetricName, target: tf.Tensor, output: tf.Tensor): number {
  return tf.tidy(() => {
    if (metric !== 'accuracy') return tf.metrics[metric](target, output).mean().dataSync()[0]!;
    return winners(target).equal(winners(output)).toFloat().mean().dataSync()[0]!;
  });
}

/** The number of the most probable class in each row; for one output, whether it is above a half. */
export function winners(rows: tf.Tensor): tf.Tensor {
  return rows.shape.at(-1) === 1 ? rows.greater(0.5).toInt().squeeze([-1]) : rows.argMax(-1);
}

/** The mean over batches of different sizes. */
export class Average {
  readonly #sums: Scores = {};
  #count = 0;

  add(scores: Scores, count: number): void {
    this.#count += count;
    for (const [name, value] of Object.entries(scores)) this.#sums[name] = (this.#sums[name] ?? 0) + value * count;
  }

  scores(): Scores {
    return Object.fromEntries(Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#count]));
  }
}
