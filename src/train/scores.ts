import * as tf from '@tensorflow/tfjs';
import { assertOneOf, LearnableError, type Scores } from '../core/index.ts';
import { likeOutput, outputActivation, weightedMean } from './loss.ts';

export const METRICS = ['accuracy', 'meanSquaredError', 'meanAbsoluteError'] as const;
export type MetricName = (typeof METRICS)[number];

/** What an output means: one class of several, yes or no, several questions of yes or no at once, or numbers. */
export type OutputKind = 'classes' | 'binary' | 'labels' | 'numbers';

export function outputKind(model: tf.LayersModel): OutputKind {
  const activation = outputActivation(model);
  if (activation === 'softmax') return 'classes';
  if (activation !== 'sigmoid') return 'numbers';
  return model.outputs[0]!.shape.at(-1) === 1 && model.outputs[0]!.shape.length === 2 ? 'binary' : 'labels';
}

/** The metrics to report: accuracy where each row has one answer, none otherwise, unless told otherwise. */
export function chooseMetrics(where: string, model: tf.LayersModel, wanted?: readonly MetricName[]): MetricName[] {
  const kind = outputKind(model);
  if (wanted === undefined) return kind === 'classes' || kind === 'binary' ? ['accuracy'] : [];
  for (const metric of wanted) {
    assertOneOf(`${where}({ metrics })`, metric, METRICS);
    if (metric === 'accuracy' && kind === 'numbers')
      throw new LearnableError(
        `${where}({ metrics }): accuracy counts right classes, and this model predicts numbers.`,
        {
          hint: "Use 'meanAbsoluteError', or build the model with task: 'classification'.",
        },
      );
  }
  return [...wanted];
}

/** The metric's mean over a batch, over what has a weight above 0. */
export function measure(
  metric: MetricName,
  kind: OutputKind,
  target: tf.Tensor,
  output: tf.Tensor,
  weights?: tf.Tensor,
): number {
  return tf.tidy(() => {
    const values =
      metric === 'accuracy'
        ? answers(kind, target, output.rank)
            .equal(answers(kind, output, output.rank))
            .toFloat()
        : tf.metrics[metric](likeOutput(target, output), output);
    const mean = weights ? weightedMean(values, weights.notEqual(0).toFloat()) : values.mean();
    return mean.dataSync()[0]!;
  });
}

/** What was answered: the number of the most probable class; for probabilities of yes, whether above a half. */
export function answers(kind: OutputKind, values: tf.Tensor, outputRank: number): tf.Tensor {
  if (kind === 'binary') return values.greater(0.5).toInt().squeeze([-1]);
  if (kind === 'labels') return values.greater(0.5).toInt();
  return values.rank < outputRank ? values : values.argMax(-1);
}

/** The mean over batches of different sizes. */
export class Average {
  sums: Scores = {};
  count = 0;

  add(scores: Scores, count: number): void {
    this.count += count;
    for (const [name, value] of Object.entries(scores)) this.sums[name] = (this.sums[name] ?? 0) + value * count;
  }

  scores(): Scores {
    return Object.fromEntries(Object.entries(this.sums).map(([name, sum]) => [name, sum / this.count]));
  }
}
