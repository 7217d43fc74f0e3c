import { assertInteger, assertKeys, assertNumber, assertOneOf, describe, mismatch } from '../core/index.ts';

/** How far training is. */
export interface Progress {
  /** From 0; 1.5 is the middle of the second epoch. */
  epoch: number;
  epochs: number;
  /** From 0. */
  step: number;
  steps: number;
  /** That of the optimiser. */
  learningRate: number;
}

/** How the learning rate changes while training goes on; by epochs, also inside of them where it is smooth. */
export type Schedule =
  | { kind: 'constant' }
  /** Every so many epochs it is multiplied by `factor`, default 0.1. */
  | { kind: 'step'; every: number; factor?: number }
  /** Multiplied by `decay` over each epoch, smoothly. */
  | { kind: 'exponential'; decay: number }
  /** Half a wave down to the share `end` of it, default 0 (Loshchilov and Hutter, 2017). */
  | { kind: 'cosine'; end?: number }
  /** Rises from 0 over so many epochs, then follows another schedule over those that are left (Goyal et al., 2017). */
  | { kind: 'warm-up'; epochs: number; next?: Schedule }
  /** Gives the learning rate itself. */
  | ((progress: Progress) => number);

const KEYS = {
  constant: ['kind'],
  step: ['kind', 'every', 'factor'],
  exponential: ['kind', 'decay'],
  cosine: ['kind', 'end'],
  'warm-up': ['kind', 'epochs', 'next'],
} as const;

export function assertSchedule(where: string, schedule: Schedule): void {
  if (typeof schedule === 'function') return;
  assertKeys(where, schedule, KEYS[schedule?.kind] ?? ['kind']);
  assertOneOf(`${where}.kind`, schedule.kind, Object.keys(KEYS) as (keyof typeof KEYS)[]);
  switch (schedule.kind) {
    case 'step':
      assertNumber(`${where}.every`, schedule.every, { min: 0, aboveMin: true });
      assertNumber(`${where}.factor`, schedule.factor ?? 0.1, { min: 0, aboveMin: true, max: 1 });
      break;
    case 'exponential':
      assertNumber(`${where}.decay`, schedule.decay, { min: 0, aboveMin: true, max: 1 });
      break;
    case 'cosine':
      assertNumber(`${where}.end`, schedule.end ?? 0, { min: 0, max: 1 });
      break;
    case 'warm-up':
      assertNumber(`${where}.epochs`, schedule.epochs, { min: 0, aboveMin: true });
      if (schedule.next) assertSchedule(`${where}.next`, schedule.next);
  }
}

/** The learning rate of the step that comes next. */
export function learningRateAt(schedule: Schedule, progress: Progress): number {
  if (typeof schedule !== 'function') return progress.learningRate * factorAt(schedule, progress);
  const rate = schedule({ ...progress });
  if (typeof rate === 'number' && Number.isFinite(rate) && rate >= 0) return rate;
  throw mismatch({
    where: `schedule(progress), step ${progress.step}`,
    expected: 'a learning rate from 0',
    received: describe(rate),
  });
}

function factorAt(schedule: Exclude<Schedule, (progress: Progress) => number>, progress: Progress): number {
  const { epoch, epochs, steps } = progress;
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return (schedule.factor ?? 0.1) ** Math.floor(epoch / schedule.every);
    case 'exponential':
      return schedule.decay ** epoch;
    case 'cosine': {
      const end = schedule.end ?? 0;
      return end + (1 - end) * 0.5 * (1 + Math.cos((Math.PI * Math.min(epoch, epochs)) / epochs));
    }
    case 'warm-up': {
      const step = epochs / steps; // in epochs
      if (epoch + step <= schedule.epochs) return (epoch + step) / schedule.epochs;
      const left = { ...progress, epoch: epoch - schedule.epochs, epochs: epochs - schedule.epochs };
      return learningRateAt(schedule.next ?? { kind: 'constant' }, left) / progress.learningRate;
    }
  }
}

/**
 * The learning rate of each step of a run, without running it: to look at a schedule before it is used.
 *
 * @example
 * const rates = train.learningRates({ kind: 'cosine' }, { learningRate: 0.01, epochs: 10, batches: 50 });
 * show(plot.line(rates, { yLabel: 'learning rate' }));
 */
export function learningRates(
  schedule: Schedule,
  run: { learningRate: number; epochs: number; batches: number },
): number[] {
  const where = 'train.learningRates';
  assertSchedule(`${where}(schedule)`, schedule);
  assertKeys(`${where}(run)`, run, ['learningRate', 'epochs', 'batches']);
  const { learningRate, epochs, batches } = run;
  assertNumber(`${where}({ learningRate })`, learningRate, { min: 0, aboveMin: true });
  assertInteger(`${where}({ epochs })`, epochs, { min: 1 });
  assertInteger(`${where}({ batches })`, batches, { min: 1 });
  const steps = epochs * batches;
  return Array.from({ length: steps }, (_, step) =>
    learningRateAt(schedule, { epoch: step / batches, epochs, step, steps, learningRate }),
  );
}
