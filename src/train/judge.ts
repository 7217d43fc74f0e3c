import * as tf from '@tensorflow/tfjs';
import type { Scores } from '../core/index.ts';
import { withPenalties } from './backward.ts';
import { countOf, disposeRows, type Examples, rowsOf } from './examples.ts';
import { type LossFunction, type LossName, meanLoss } from './loss.ts';
import { Pause } from './pause.ts';
import { Average, type MetricName, measure, outputKind } from './scores.ts';

/** Rows that go through the model at a time. */
const ROWS = 256;

export interface Judged {
  loss: LossName | LossFunction;
  metrics: readonly MetricName[];
}

/** Called with each batch and the model's output for it, while both are alive. */
export type Look = (batch: Examples, output: tf.Tensor) => void;

/** The loss, penalties of layers included, and the metrics of a model on examples, outside of training. */
export async function judge(
  model: tf.LayersModel,
  examples: Examples,
  { loss, metrics }: Judged,
  look?: Look,
): Promise<Scores> {
  const [rows, kind, average, pause] = [examples.x.shape[0]!, outputKind(model), new Average(), new Pause()];
  for (let from = 0; from < rows; from += ROWS) {
    const batch = rowsOf(
      examples,
      Array.from({ length: Math.min(ROWS, rows - from) }, (_, i) => from + i),
    );
    try {
      const count = countOf(batch);
      const scores = tf.tidy(() => {
        const output = model.apply(batch.x, { training: false, losses: true }) as tf.Tensor;
        const value = withPenalties(model, meanLoss(loss, batch.target, output, batch.weights));
        look?.(batch, output);
        const measured = metrics.map(metric => [metric, measure(metric, kind, batch.target, output, batch.weights)]);
        return { loss: value.dataSync()[0]!, ...(Object.fromEntries(measured) as Scores) };
      });
      average.add(scores, count);
    } finally {
      disposeRows(batch);
    }
    await pause.take();
  }
  return average.scores();
}
