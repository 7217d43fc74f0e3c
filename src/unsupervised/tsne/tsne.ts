import { setImmediate } from 'node:timers/promises';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertOneOf,
  assertSeed,
  countOf,
  createFitted,
  type Features,
  type Fitted,
  mismatch,
  type NamedDense,
  newRun,
  numberedNames,
  random,
  readFeatures,
  reportProgress,
  type SavedFields,
  toRows,
} from '../../core/index.ts';
import { displayChannel } from '../../display/channel.ts';
import { readStart } from '../options.ts';
import { pca } from '../pca.ts';
import { affinities } from './affinities.ts';
import { descend } from './descend.ts';
import { divergence, divergenceGradient } from './gradient.ts';

export interface TsneOptions {
  /** About how many neighbours each row has. Default 30, or fewer where there are few rows. */
  perplexity?: number;
  /** Default 1000. */
  iterations?: number;
  /** Default: rows / 48, at least 50. */
  learningRate?: number;
  /** How much stronger neighbours pull at first, so that groups form. Default 12. */
  exaggeration?: number;
  /** Where the points begin: along two principal components, anywhere, or at places of your own. Default 'pca'. */
  start?: 'pca' | 'random' | readonly (readonly number[])[];
  /** How coarsely far points are seen, from 0, exactly, to 1. Default 0.5, as van der Maaten advises. */
  theta?: number;
  /** Default 0: the same picture each time. */
  seed?: number;
  /** Ends it at the next iteration; what there is so far is returned. A notebook's stop button does it too. */
  signal?: AbortSignal;
  /** Called after every so many iterations, and after the last, to watch the points move. */
  onStep?: (step: TsneStep) => void | Promise<void>;
  /** Default 25. */
  stepEvery?: number;
}

export interface TsneStep {
  /** How many iterations are done. */
  iteration: number;
  /** (rows, 2) */
  embedding: number[][];
  divergence: number;
}

interface TsneNumbers {
  readonly features: readonly string[];
  readonly perplexity: number;
  /** (rows, 2): a place in the plane for each row. */
  readonly embedding: readonly (readonly number[])[];
  /** How much the neighbourhoods in the plane differ from those of the rows: Kullback and Leibler's, in nats. */
  readonly divergence: number;
  /** The divergence after every 50 iterations. */
  readonly history: readonly number[];
  readonly iterations: number;
  /** True if it was stopped before all iterations were done. */
  readonly stopped: boolean;
}

/** Says nothing about rows that it was not fitted on: t-SNE learns places, not a rule. */
export interface TsneModel extends Fitted, TsneNumbers {
  readonly kind: 'tsne';
  readonly features: readonly string[];
}

const WHERE = 'unsupervised.tsne';
const KEYS = [
  'perplexity',
  'iterations',
  'learningRate',
  'exaggeration',
  'start',
  'theta',
  'seed',
  'signal',
  'onStep',
  'stepEvery',
];

/**
 * t-SNE: places in the plane at which neighbours of many dimensions are neighbours still (van der Maaten and Hinton, 2008).
 * Distances between groups and sizes of groups mean little in the picture.
 *
 * x: (rows, features). Throws on empty or missing data, and on fewer than four rows. Reports progress, yields to others
 * while it computes, and can be stopped.
 *
 * @example
 * const x = [[1, 1], [1, 2], [2, 1], [8, 8], [9, 8], [8, 9]];
 * const { embedding } = await unsupervised.tsne(x, { perplexity: 2, iterations: 300 });
 */
export async function tsne(x: Features, options: TsneOptions = {}): Promise<TsneModel> {
  assertKeys(`${WHERE}(x, options)`, options, KEYS);
  const matrix = readFeatures(`${WHERE}(x)`, x);
  const n = matrix.rows;
  if (n < 4) throw mismatch({ where: `${WHERE}(x)`, expected: 'at least 4 rows', received: `${n}` });
  const { perplexity = Math.min(30, (n - 1) / 3), iterations = 1000, exaggeration = 12 } = options;
  const { learningRate = Math.max(50, n / exaggeration / 4), theta = 0.5, seed = 0, stepEvery = 25, onStep } = options;
  assertNumber(`${WHERE}({ perplexity })`, perplexity, {
    min: 1,
    aboveMin: true,
    max: n - 1,
    hint: `It is about how many neighbours a row has, and there are ${n} rows.`,
  });
  assertInteger(`${WHERE}({ iterations })`, iterations, { min: 1 });
  assertNumber(`${WHERE}({ learningRate })`, learningRate, { min: 0, aboveMin: true });
  assertNumber(`${WHERE}({ exaggeration })`, exaggeration, { min: 1 });
  assertNumber(`${WHERE}({ theta })`, theta, { min: 0, max: 1 });
  assertInteger(`${WHERE}({ stepEvery })`, stepEvery, { min: 1 });
  assertSeed(`${WHERE}({ seed })`, seed);
  const points = startingPoints(matrix, options.start ?? 'pca', seed);

  const run = newRun();
  const signals = [options.signal, displayChannel()?.signal].filter(signal => signal !== undefined);
  const isStopped = () => signals.some(({ aborted }) => aborted);
  reportProgress({ kind: 'task-start', id: run, label: 't-SNE', total: iterations });
  let reason: 'completed' | 'stopped' | 'failed' = 'failed';
  try {
    await setImmediate(); // the bar stands there while neighbours are sought
    const affinity = affinities(matrix, perplexity);
    const history: number[] = [];
    let done = 0;
    let total = 1;
    let yielded = performance.now();
    const measure = () => divergence(affinity, points, total);
    for (const step of descend(points, divergenceGradient(affinity, theta), {
      iterations,
      learningRate,
      exaggeration,
    })) {
      done = step.done;
      total = step.total;
      if (done > 0 && done % 50 === 0) history.push(measure());
      if (onStep && done > 0 && (done % stepEvery === 0 || done === iterations))
        await onStep({ iteration: done, embedding: pairs(points), divergence: measure() });
      if (performance.now() - yielded < YIELD_MS) continue;
      reportProgress({ kind: 'task-step', id: run, done, total: iterations });
      await setImmediate();
      yielded = performance.now();
      if (isStopped()) break;
    }
    const stopped = done < iterations;
    reason = stopped ? 'stopped' : 'completed';
    const features = matrix.features ?? numberedNames(matrix.columns);
    return tsneModel({
      features,
      perplexity,
      embedding: pairs(points),
      divergence: measure(),
      history,
      iterations: done,
      stopped,
    });
  } finally {
    reportProgress({ kind: 'task-end', id: run, reason });
  }
}

/** How long it may keep the event loop from others. */
const YIELD_MS = 30;

/** Close together, so that no two begin as neighbours that are none. */
function startingPoints(x: NamedDense, start: NonNullable<TsneOptions['start']>, seed: number): Float64Array {
  if (typeof start !== 'string') return readStart(`${WHERE}({ start })`, start, x.rows, 2);
  assertOneOf(`${WHERE}({ start })`, start, ['pca', 'random'] as const);
  const generator = random(seed).derive('start');
  if (start === 'random' || x.columns < 2)
    return Float64Array.from({ length: 2 * x.rows }, () => generator.normal(0, 1e-4));
  const rows = toRows(x);
  const along = pca(rows, { components: 2 });
  const unit = 1e-4 / (Math.sqrt(along.explainedVariance[0]!) || 1);
  return Float64Array.from(along.transform(rows).flat(), value => value * unit);
}

function pairs(points: Float64Array): number[][] {
  return Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i]!, points[2 * i + 1]!]);
}

function tsneModel(learned: TsneNumbers): TsneModel {
  const { features, ...numbers } = learned;
  const members = { kind: 'tsne' as const, ...learned };
  return createFitted(
    members,
    () => numbers,
    () => ({
      caption: `${countOf(learned.embedding.length, 'row')} of ${countOf(features.length, 'feature')} placed in the plane by t-SNE, divergence ${Number(learned.divergence.toPrecision(4))} after ${countOf(learned.iterations, 'iteration')}`,
    }),
  );
}

export function restoreTsne(saved: SavedFields): TsneModel {
  return tsneModel({
    features: saved.features,
    perplexity: saved.number('perplexity', { min: 1 }),
    embedding: saved.matrix('embedding', undefined, 2),
    divergence: saved.number('divergence'),
    history: saved.numbers('history'),
    iterations: saved.number('iterations', { min: 0 }),
    stopped: saved.flag('stopped'),
  });
}
