import { LearnableError, type Scores } from '../core/index.ts';
import type { Best } from './early-stopping.ts';

/** One epoch's averages: `loss`, the metrics, and with validation data `valLoss` and so on. */
export interface EpochRecord {
  [score: string]: number;
  /** From 1. */
  epoch: number;
  loss: number;
}

/** What happened in a run, as plain data. */
export interface History {
  epochs: EpochRecord[];
  /** The same by score: `history.loss[0]` is the loss of the first epoch. */
  history: Record<string, number[]>;
  /** Repeats the run. */
  seed: number;
  /** An AbortSignal, or the notebook's stop button, ended it early; the weights are those of that moment. */
  stopped: boolean;
  /** Why it ended: all epochs are done, a signal, early stopping, or a callback that asked for it. */
  ended: 'completed' | 'stopped' | 'early-stopping' | 'callback';
  /** With early stopping: the best epoch. */
  best?: Best;
  /** Where a checkpoint was taken up; epoch and batch are those that were done. */
  resumed?: { epoch: number; batch: number };
  milliseconds: number;
}

export function newHistory(seed: number): History {
  return { epochs: [], history: {}, seed, stopped: false, ended: 'completed', milliseconds: 0 };
}

export function addEpoch(history: History, epoch: number, scores: Scores): EpochRecord {
  const record = { epoch, ...scores } as EpochRecord;
  history.epochs.push(record);
  for (const [name, value] of Object.entries(scores)) {
    history.history[name] ??= [];
    history.history[name].push(value);
  }
  return record;
}

/** The loss stopped being a number: training cannot go on. */
export class DivergenceError extends LearnableError {
  /** The epochs before. */
  readonly history: History;

  constructor(message: string, hint: string, history: History) {
    super(message, { hint });
    this.history = history;
  }
}
DivergenceError.prototype.name = 'DivergenceError';
