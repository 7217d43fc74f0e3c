import type { LayersModel } from '@tensorflow/tfjs';
import { type Data, evaluate } from '../train/index.ts';

export interface Forgetting {
  /** The score on the old task before… */
  before: number;
  /** …and after. */
  after: number;
  /** How much of it is gone. */
  lost: number;
}

/**
 * How much of an old task a model forgets while it learns a new one (McCloskey and Cohen, 1989): its accuracy on the old data
 * before and after. `tune` trains the model, or another that shares its layers.
 *
 * @example
 * const model = models.mlp({ inputs: 2, hidden: [4], outputs: 2, task: 'classification', seed: 1 });
 * const old = { x: tf.tensor2d([[0, 1], [1, 0]]), y: tf.tensor1d([0, 1], 'int32') };
 * await transfer.forgetting(model, old, () => train.fit(model, { x: old.x, y: tf.tensor1d([1, 0], 'int32') }, { epochs: 1 }));
 */
export async function forgetting(model: LayersModel, old: Data, tune: () => Promise<unknown>): Promise<Forgetting> {
  const score = async () => (await evaluate(model, old)).accuracy ?? Number.NaN;
  const before = await score();
  await tune();
  const after = await score();
  return { before, after, lost: before - after };
}
