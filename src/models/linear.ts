import type { LayersModel } from '@tensorflow/tfjs';
import { assertKeys } from '../core/index.ts';
import { denseModel, type MlpConfig } from './mlp.ts';

export type LinearConfig = Omit<MlpConfig, 'hidden' | 'activation'>;

/**
 * A linear model: one weight for each input and a bias. Linear regression by default; with task 'binary' logistic,
 * with 'classification' softmax regression.
 *
 * (batch, inputs) → (batch, outputs)
 *
 * @example models.linear({ inputs: 2, seed: 1 });
 */
export function linear(config: LinearConfig): LayersModel {
  assertKeys('models.linear(config)', config, ['inputs', 'outputs', 'task', 'seed']);
  return denseModel('linear', { ...config, hidden: [], activation: 'linear' });
}
