/** The language half of the kernel: what its threads need of it. */
export { sourcePlace } from '../modules/index.ts';
export { createChecker } from './checker/index.ts';
export { createEvaluator, type Evaluator } from './evaluate/index.ts';
export {
  CellSyntaxError,
  isComplete,
  originalPosition,
  type TransformedCell,
  transformCell,
} from './transform/index.ts';
