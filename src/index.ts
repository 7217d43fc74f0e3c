export * as tf from '@tensorflow/tfjs';
export { LearnableError, onProgress, type Prepared, type Random, random } from './core/index.ts';
export * as data from './data/index.ts';
export * as engine from './engine/index.ts';
export { check, hint, solution } from './grader/index.ts';
export * as metrics from './metrics/index.ts';
export { html, md, type Shown, show } from './notebook/index.ts';
export * as plot from './plot/index.ts';
