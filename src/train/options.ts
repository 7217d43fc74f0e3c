import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertSeed,
  describe,
  LearnableError,
  mismatch,
} from '../core/index.ts';
import { assertCheckpoint, type CheckpointOptions } from './checkpoint/checkpoint.ts';
import type { ClassWeights } from './class-weights.ts';
import { assertClip, type Clip } from './clip.ts';
import type { Data } from './data.ts';
import type { EarlyStopping } from './early-stopping.ts';
import type { Callback } from './events.ts';
import type { EpochRecord } from './history.ts';
import type { LossFunction, LossName } from './loss.ts';
import { isRuleOptimizer, type OptimizerConfig } from './optimisers/index.ts';
import { assertSchedule, type Schedule } from './schedule.ts';
import type { MetricName } from './scores.ts';

export interface FitOptions {
  /** How often training goes through all the data. Default 10. */
  epochs?: number;
  /** How many examples make one step. Default 32. */
  batchSize?: number;
  /** Of the order of the examples. Without one, `history.seed` tells which was taken. */
  seed?: number;
  /** A config, or an optimiser that keeps its state from call to call. Default Adam at 0.001. */
  optimizer?: OptimizerConfig | tf.Optimizer;
  /** How the learning rate changes. Default: it stays. */
  schedule?: Schedule;
  /** The longest step that is taken. Default: any. */
  clip?: Clip;
  /** Default: cross-entropy for softmax and sigmoid outputs, mean squared error for others. */
  loss?: LossName | LossFunction;
  /** Default: accuracy for classifiers. */
  metrics?: readonly MetricName[];
  /** How much each class counts in the loss of the data that is learned from. Default: all the same. */
  classWeights?: ClassWeights;
  /** Data that is scored after each epoch and never learned from. */
  validation?: Data;
  /** The share of the data, drawn by the seed, that is kept for validation instead. */
  validationSplit?: number;
  /** Ends training when a score stops getting better. */
  earlyStopping?: EarlyStopping;
  /** Draw a new order in each epoch. Default true. */
  shuffle?: boolean;
  /** Keeps the run in a folder while it goes on, and when it is stopped. */
  checkpoint?: CheckpointOptions;
  /**
   * Go on where the checkpoint in that folder left, as if the run had never stopped; start anew if there is none. The
   * model must be built the same way, and data and options be the same; only `epochs` may differ. Default false.
   */
  resume?: boolean;
  /** Show a progress bar and a live loss curve in a notebook. Default false. */
  live?: boolean;
  /** Ends training at the next batch; the history so far is returned. A notebook's stop button does it too. */
  signal?: AbortSignal;
  onEpochEnd?: (record: EpochRecord) => void | Promise<void>;
  /** Watch every step; one that returns 'stop' ends training. */
  callbacks?: readonly Callback[];
}

const KEYS: Record<keyof FitOptions, true> = {
  epochs: true,
  batchSize: true,
  seed: true,
  optimizer: true,
  schedule: true,
  clip: true,
  loss: true,
  metrics: true,
  classWeights: true,
  validation: true,
  validationSplit: true,
  earlyStopping: true,
  shuffle: true,
  checkpoint: true,
  resume: true,
  live: true,
  signal: true,
  onEpochEnd: true,
  callbacks: true,
};

/** Checks what can be checked without the model and the data. */
export function assertFitOptions(where: string, options: FitOptions): void {
  assertKeys(`${where}(options)`, options, Object.keys(KEYS));
  const { epochs = 10, batchSize = 32, seed, validationSplit = 0, checkpoint, optimizer, callbacks } = options;
  assertInteger(`${where}({ epochs })`, epochs, { min: 1 });
  assertInteger(`${where}({ batchSize })`, batchSize, { min: 1 });
  if (seed !== undefined) assertSeed(`${where}({ seed })`, seed);
  assertNumber(`${where}({ validationSplit })`, validationSplit, {
    min: 0,
    max: 0.9,
    hint: 'It is a share: 0.2 is a fifth.',
  });
  if (validationSplit > 0 && options.validation)
    throw new LearnableError(`${where}: expected validation or validationSplit, received both.`, {
      hint: 'Leave one out.',
    });
  if (options.schedule !== undefined) assertSchedule(`${where}({ schedule })`, options.schedule);
  if (options.clip !== undefined) assertClip(`${where}({ clip })`, options.clip);
  if (checkpoint !== undefined) assertCheckpoint(`${where}({ checkpoint })`, checkpoint);
  if (options.resume && !checkpoint)
    throw new LearnableError(`${where}({ resume: true }): there is no folder to resume from.`, {
      hint: "Name it: checkpoint: { folder: 'runs/first' }.",
    });
  if (checkpoint && optimizer && optimizer instanceof tf.Optimizer && !isRuleOptimizer(optimizer))
    throw new LearnableError(`${where}({ checkpoint }): the state of an optimiser of tfjs cannot be kept.`, {
      hint: "Give its config, such as optimizer: { kind: 'adam' }.",
    });
  if (callbacks !== undefined && !(Array.isArray(callbacks) && callbacks.every(one => typeof one === 'function')))
    throw mismatch({
      where: `${where}({ callbacks })`,
      expected: 'a list of functions',
      received: describe(callbacks),
    });
}
