import type { LayersModel } from '@tensorflow/tfjs';
import type { Scores } from '../core/index.ts';
import type { EpochRecord, History } from './history.ts';

interface OfRun {
  model: LayersModel;
}

/** Before the first step. */
export interface StartEvent extends OfRun {
  kind: 'start';
  epochs: number;
  /** Steps in each epoch. */
  batches: number;
  /** Examples that are learned from. */
  samples: number;
}

/** After each step. */
export interface BatchEvent extends OfRun {
  kind: 'batch';
  /** From 1. */
  epoch: number;
  /** From 1, in the epoch. */
  batch: number;
  /** From 1, in the run. */
  step: number;
  /** Of this batch alone, before the update. */
  scores: Scores;
  learningRate: number | undefined;
}

export interface EpochEvent extends OfRun {
  kind: 'epoch';
  record: EpochRecord;
}

/** After the last step, unless the run failed. */
export interface EndEvent extends OfRun {
  kind: 'end';
  history: History;
}

export type TrainEvent = StartEvent | BatchEvent | EpochEvent | EndEvent;

/** Watches a run; 'stop', or a promise of it, ends it. */
export type Callback = (event: TrainEvent) => unknown;
