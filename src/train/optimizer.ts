import * as tf from '@tensorflow/tfjs';
import { assertKeys, assertNumber, assertOneOf } from '../core/index.ts';

/** How weights follow their gradients. `learningRate` defaults to 0.01, Adam's and RMSProp's to 0.001. */
export type OptimizerConfig =
  | { kind: 'sgd'; learningRate?: number }
  /** `momentum` defaults to 0.9. */
  | { kind: 'momentum'; learningRate?: number; momentum?: number; nesterov?: boolean }
  /** `decay` defaults to 0.9. */
  | { kind: 'rmsprop'; learningRate?: number; decay?: number; momentum?: number }
  /** `beta1` defaults to 0.9, `beta2` to 0.999. */
  | { kind: 'adam'; learningRate?: number; beta1?: number; beta2?: number };

const KEYS = {
  sgd: ['kind', 'learningRate'],
  momentum: ['kind', 'learningRate', 'momentum', 'nesterov'],
  rmsprop: ['kind', 'learningRate', 'decay', 'momentum'],
  adam: ['kind', 'learningRate', 'beta1', 'beta2'],
} as const;

/**
 * A tfjs optimiser from its config. The caller disposes it.
 *
 * @example const adam = train.optimizer({ kind: 'adam', learningRate: 1e-2 });
 */
export function optimizer(config: OptimizerConfig): tf.Optimizer {
  const where = 'optimizer';
  assertKeys(where, config, KEYS[config?.kind] ?? ['kind', 'learningRate']);
  assertOneOf(`${where}.kind`, config.kind, Object.keys(KEYS) as OptimizerConfig['kind'][]);
  const learningRate = config.learningRate ?? (config.kind === 'adam' || config.kind === 'rmsprop' ? 0.001 : 0.01);
  assertNumber(`${where}.learningRate`, learningRate, { min: 0, aboveMin: true });
  for (const key of ['momentum', 'decay', 'beta1', 'beta2'] as const) {
    const value = (config as Record<string, unknown>)[key];
    if (value !== undefined) assertNumber(`${where}.${key}`, value, { min: 0, max: 1 });
  }
  switch (config.kind) {
    case 'sgd':
      return tf.train.sgd(learningRate);
    case 'momentum':
      return disposedWhole(tf.train.momentum(learningRate, config.momentum ?? 0.9, config.nesterov ?? false));
    case 'rmsprop':
      return tf.train.rmsprop(learningRate, config.decay ?? 0.9, config.momentum ?? 0);
    case 'adam':
      return tf.train.adam(learningRate, config.beta1 ?? 0.9, config.beta2 ?? 0.999);
  }
}

/** tfjs's momentum optimiser forgets one tensor of its base class when it is disposed. */
function disposedWhole(optimizer: tf.MomentumOptimizer): tf.Optimizer {
  const { c } = optimizer as unknown as { c: tf.Scalar };
  const dispose = optimizer.dispose.bind(optimizer);
  optimizer.dispose = () => {
    dispose();
    c.dispose();
  };
  return optimizer;
}
