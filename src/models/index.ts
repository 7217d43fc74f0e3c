/** From a small config to a plain `tf.LayersModel`. */
export { type AttentionWeights, attention } from './attention.ts';
export { autoencoder } from './autoencoder.ts';
export { type CnnConfig, cnn } from './cnn.ts';
export type { AutoencoderConfig, ConvolutionalAutoencoderConfig, DenseAutoencoderConfig } from './codec.ts';
export { create, type ModelConfig } from './create.ts';
export { type GenerateOptions, generate } from './generate.ts';
export { decoder, encoder } from './halves.ts';
export type { Activation } from './initialisers.ts';
export type { Positions } from './layers/index.ts';
export { type LinearConfig, linear } from './linear.ts';
export { load } from './load.ts';
export { type MlpConfig, mlp } from './mlp.ts';
export { type RnnConfig, rnn, type SeriesRnnConfig, type TokenRnnConfig } from './rnn.ts';
export { save } from './save.ts';
export { type LayerSummary, type ModelSummary, summary } from './summary.ts';
export type { Task } from './task.ts';
export { type DecoderConfig, type EncoderConfig, type TransformerConfig, transformer } from './transformer.ts';
export { type VaeConfig, vae } from './vae.ts';
