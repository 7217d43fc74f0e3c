/** The loop that fits a model to data, and its parts one by one. */
export type { CheckpointOptions } from './checkpoint/checkpoint.ts';
export type { ClassWeights } from './class-weights.ts';
export { type Clip, clipGradients } from './clip.ts';
export type { Data } from './data.ts';
export type { Best, EarlyStopping } from './early-stopping.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts';
export type { BatchEvent, Callback, EndEvent, EpochEvent, StartEvent, TrainEvent } from './events.ts';
export { fit } from './fit.ts';
export { DivergenceError, type EpochRecord, type History } from './history.ts';
export type { LossFunction, LossName } from './loss.ts';
export { type OptimizerConfig, optimizer } from './optimisers/index.ts';
export type { FitOptions } from './options.ts';
export { learningRates, type Progress, type Schedule } from './schedule.ts';
export type { MetricName } from './scores.ts';
export { restore, snapshot, type WeightValues } from './snapshot.ts';
export { gradients, type StepOptions, step } from './step.ts';
