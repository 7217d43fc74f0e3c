import type { LayersModel } from '@tensorflow/tfjs';
import { assertOneOf } from '../core/index.ts';
import { autoencoder } from './autoencoder.ts';
import { type CnnConfig, cnn } from './cnn.ts';
import type { AutoencoderConfig } from './codec.ts';
import { type LinearConfig, linear } from './linear.ts';
import { type MlpConfig, mlp } from './mlp.ts';
import { type RnnConfig, rnn } from './rnn.ts';
import { type TransformerConfig, transformer } from './transformer.ts';
import { type VaeConfig, vae } from './vae.ts';

/** The config of any model, told apart by `kind`. */
export type ModelConfig =
  | ({ kind: 'linear' } & LinearConfig)
  | ({ kind: 'mlp' } & MlpConfig)
  | ({ kind: 'cnn' } & CnnConfig)
  | ({ kind: 'rnn' } & RnnConfig)
  | ({ kind: 'autoencoder' } & AutoencoderConfig)
  | ({ kind: 'vae' } & VaeConfig)
  | TransformerConfig;

const MAKERS = { linear, mlp, cnn, rnn, autoencoder, vae };
const KINDS = ['linear', 'mlp', 'cnn', 'rnn', 'encoder', 'decoder', 'autoencoder', 'vae'] as const;

/**
 * The model that a config describes: for comparing models in a list, or keeping a config as JSON. The kinds 'encoder'
 * and 'decoder' are Transformers.
 *
 * @example
 * const configs: models.ModelConfig[] = [
 *   { kind: 'linear', inputs: 4, seed: 1 },
 *   { kind: 'mlp', inputs: 4, hidden: [16], seed: 1 },
 * ];
 * const all = configs.map(models.create);
 */
export function create(config: ModelConfig): LayersModel {
  assertOneOf('models.create({ kind })', config?.kind, KINDS);
  if (config.kind === 'encoder' || config.kind === 'decoder') return transformer(config);
  const { kind, ...rest } = config;
  return (MAKERS[kind] as (config: object) => LayersModel)(rest);
}
