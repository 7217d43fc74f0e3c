/** Layers of ours, registered so that tfjs can load models that have them. */
export { SeededDropout } from './dropout.ts';
export { GaussianSampling } from './gaussian-sampling.ts';
export { MaskedAverage } from './masked-average.ts';
export { POSITIONS, PositionalEncoding, type Positions } from './positions.ts';
export { SelfAttention } from './self-attention.ts';
