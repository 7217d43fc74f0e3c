export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts';
export { type FitOptions, fit } from './fit.ts';
export { DivergenceError, type EpochRecord, type History } from './history.ts';
export type { LossFunction, LossName } from './loss.ts';
export { type OptimizerConfig, optimizer } from './optimizer.ts';
export type { MetricName } from './scores.ts';
export { gradients, type StepOptions, step } from './step.ts';
export type { Data } from './targets.ts';
