import type { LayersModel } from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber, assertOneOf, LearnableError, type Scores } from '../core/index.ts';
import { restore, snapshot, type WeightValues } from './snapshot.ts';

/** Ends training when it no longer helps (Goodfellow et al., Deep Learning, 7.8). */
export interface EarlyStopping {
  /** Which score. Default 'valLoss'; without validation data 'loss'. */
  monitor?: string;
  /** After so many epochs without a better one. Default 5. */
  patience?: number;
  /** How much better counts as better. Default 0. */
  minDelta?: number;
  /** Take the weights of the best epoch at the end. Default true. */
  restoreBest?: boolean;
  /** Default: 'higher' for accuracies, 'lower' for all others. */
  better?: 'lower' | 'higher';
}

export interface Best {
  /** The score that was watched. */
  monitor: string;
  epoch: number;
  value: number;
  /** The weights are those of this epoch. */
  restored: boolean;
}

/** What early stopping remembers from epoch to epoch. */
export class Watcher {
  readonly monitor: string;
  readonly #options: Required<EarlyStopping>;
  best: { epoch: number; value: number } | undefined;
  bestWeights: WeightValues | undefined;

  constructor(where: string, options: EarlyStopping, scores: readonly string[]) {
    assertKeys(where, options, ['monitor', 'patience', 'minDelta', 'restoreBest', 'better']);
    const monitor = options.monitor ?? (scores.includes('valLoss') ? 'valLoss' : 'loss');
    const { patience = 5, minDelta = 0, restoreBest = true } = options;
    const better = options.better ?? (/accuracy/i.test(monitor) ? 'higher' : 'lower');
    if (monitor.startsWith('val') && !scores.includes(monitor) && !scores.includes('valLoss'))
      throw new LearnableError(`${where}.monitor: '${monitor}' needs validation data, and there is none.`, {
        hint: 'Add validation: … or validationSplit: 0.2.',
      });
    assertOneOf(`${where}.monitor`, monitor, scores);
    assertInteger(`${where}.patience`, patience, { min: 1 });
    assertNumber(`${where}.minDelta`, minDelta, { min: 0 });
    assertOneOf(`${where}.better`, better, ['lower', 'higher'] as const);
    this.monitor = monitor;
    this.#options = { monitor, patience, minDelta, restoreBest, better };
  }

  /** Whether to stop after this epoch. */
  see(model: LayersModel, epoch: number, scores: Scores): boolean {
    const { minDelta, restoreBest, better } = this.#options;
    const value = scores[this.monitor]!;
    const gain = this.best && (better === 'lower' ? this.best.value - value : value - this.best.value);
    if (gain === undefined || gain > minDelta) {
      this.best = { epoch, value };
      if (restoreBest) this.bestWeights = snapshot(model);
    }
    return this.isOver(epoch);
  }

  /** Whether the best epoch is too long ago. */
  isOver(epoch: number): boolean {
    return this.best !== undefined && epoch - this.best.epoch >= this.#options.patience;
  }

  /** At the end: gives the model its best weights back, where that was asked for. */
  finish(model: LayersModel, lastEpoch: number): Best | undefined {
    if (!this.best) return undefined;
    if (this.bestWeights && this.best.epoch !== lastEpoch) restore(model, this.bestWeights);
    return { monitor: this.monitor, ...this.best, restored: this.bestWeights !== undefined };
  }
}
