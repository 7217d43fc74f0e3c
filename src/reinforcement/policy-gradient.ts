import * as tf from '@tensorflow/tfjs';
import { variablesOf } from './network.ts';

/** What a policy learns from: each step's observation, the action that was taken, and how much better it went than expected. */
export interface PolicyBatch {
  /** (steps, width) */
  observations: readonly (readonly number[])[];
  actions: readonly number[];
  advantages: readonly number[];
  /** What the baseline should have said. */
  returns: readonly number[];
}

export interface PolicyLearner {
  policy: tf.LayersModel;
  baseline: tf.LayersModel;
  optimizer: tf.Optimizer;
  /** How much a policy is paid for staying undecided. */
  entropy: number;
  /** The gradients of all weights together are made at most this long. */
  clipNorm: number;
}

/**
 * One update: actions that went better than expected become likelier (Williams, 1992), and the baseline moves to what came.
 */
export function improve(batch: PolicyBatch, { policy, baseline, optimizer, entropy, clipNorm }: PolicyLearner): void {
  tf.tidy(() => {
    const x = tf.tensor2d(batch.observations.map(row => [...row])); // (T, width)
    const actions = policy.outputShape as number[];
    const taken = tf.oneHot(tf.tensor1d([...batch.actions], 'int32'), actions.at(-1)!); // (T, actions)
    const advantages = tf.tensor1d([...batch.advantages]); // (T)
    const returns = tf.tensor1d([...batch.returns]); // (T)
    const { grads } = tf.variableGrads(() => {
      const logLikely = tf.logSoftmax(policy.apply(x) as tf.Tensor2D); // (T, actions)
      const gain = logLikely.mul(taken).sum(1).mul(advantages).mean();
      const undecided = logLikely.exp().mul(logLikely).sum(1).mean().neg();
      const expected = (baseline.apply(x) as tf.Tensor2D).squeeze([1]); // (T)
      const surprise = expected.sub(returns).square().mean();
      return surprise.mul(0.5).sub(gain).sub(undecided.mul(entropy)) as tf.Scalar;
    }, [...variablesOf(policy), ...variablesOf(baseline)]);
    optimizer.applyGradients(clipped(grads, clipNorm));
  });
}

/** The gradients, all made shorter by the same factor where they are too long together (Pascanu et al., 2013). */
function clipped(grads: tf.NamedTensorMap, limit: number): tf.NamedTensorMap {
  const squares = Object.values(grads).map(grad => grad.square().sum());
  const norm = Math.sqrt(tf.addN(squares).dataSync()[0]!);
  if (norm <= limit) return grads;
  return Object.fromEntries(Object.entries(grads).map(([name, grad]) => [name, grad.mul(limit / norm)]));
}

/** Mean 0 and standard deviation 1: the size of rewards should not be the size of steps. */
export function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map(value => (value - mean) / (deviation + 1e-8));
}
