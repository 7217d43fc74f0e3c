export { LearnableError, onProgress, type Prepared, type Random, random } from './core/index.ts';
export * as data from './data/index.ts';
