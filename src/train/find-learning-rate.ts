import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertSeed,
  drawingLayers,
  freshSeed,
  LearnableError,
  longTask,
  random,
  scope,
} from '../core/index.ts';
import { assertClip, type Clip } from './clip.ts';
import { assertModel, assertWeights, type Data } from './data.ts';
import { disposeExamples, disposeRows, examplesOf, rowsOf } from './examples.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName } from './loss.ts';
import { optimizer as createOptimizer, type OptimizerConfig } from './optimisers/index.ts';
import { batchPlaces, epochOrder } from './order.ts';
import { restore, snapshot } from './snapshot.ts';
import { update } from './step.ts';

export interface FindLearningRateOptions {
  /** The first rate. Default 1e-6. */
  from?: number;
  /** The last rate, if the loss does not explode before. Default 1. */
  to?: number;
  /** Default 100. */
  steps?: number;
  /** Default 32. */
  batchSize?: number;
  seed?: number;
  /** Its learning rate is not used. Default Adam. */
  optimizer?: OptimizerConfig;
  loss?: LossName | LossFunction;
  clip?: Clip;
  signal?: AbortSignal;
}

export interface LearningRateSearch {
  /** Tried one after the other, each a little larger. */
  rates: number[];
  /** Of the batch, before the step with that rate. */
  losses: number[];
  /** The losses without their noise. */
  smoothed: number[];
  /** Where the loss falls fastest; undefined if it falls nowhere. */
  suggestion: number | undefined;
}

const WHERE = 'train.findLearningRate';
const KEYS = ['from', 'to', 'steps', 'batchSize', 'seed', 'optimizer', 'loss', 'clip', 'signal'];
/** Of the mean before, in each new mean. */
const MEMORY = 0.9;
/** So much above the lowest loss is an explosion. */
const EXPLOSION = 4;

/**
 * Tries learning rates in one short run, from far too low to far too high, and watches where the loss falls and where
 * it explodes (Smith, 2017). The model has its weights of before at the end.
 *
 * @example
 * const x = tf.randomNormal([200, 2]);
 * const model = models.mlp({ inputs: 2, hidden: [8], task: 'binary', seed: 1 });
 * const search = await train.findLearningRate(model, { x, y: x.sum(1).greater(0).toInt() }, { seed: 1 });
 * show(plot.learningRateSearch(search));
 */
export async function findLearningRate(
  model: tf.LayersModel,
  data: Data,
  options: FindLearningRateOptions = {},
): Promise<LearningRateSearch> {
  assertKeys(`${WHERE}(options)`, options, KEYS);
  const { from = 1e-6, to = 1, steps = 100, batchSize = 32, seed = freshSeed(), clip } = options;
  assertNumber(`${WHERE}({ from })`, from, { min: 0, aboveMin: true });
  assertNumber(`${WHERE}({ to })`, to, { min: from, aboveMin: true });
  assertInteger(`${WHERE}({ steps })`, steps, { min: 10 });
  assertInteger(`${WHERE}({ batchSize })`, batchSize, { min: 1 });
  assertSeed(`${WHERE}({ seed })`, seed);
  if (clip) assertClip(`${WHERE}({ clip })`, clip);
  assertModel(WHERE, model);
  assertWeights(WHERE, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(WHERE, loss, model);
  return scope(async own => {
    const optimizer = own(createOptimizer({ ...(options.optimizer ?? { kind: 'adam' }), learningRate: from }));
    const examples = examplesOf(WHERE, model, data, loss);
    own({ dispose: () => disposeExamples(examples) });
    const samples = examples.x.shape[0]!;
    const batches = Math.ceil(samples / batchSize);
    const order = random(seed).derive('shuffle');
    const weights = snapshot(model);
    const draws = drawingLayers(model).map(layer => layer.draws);
    const search: LearningRateSearch = { rates: [], losses: [], smoothed: [], suggestion: undefined };
    try {
      await longTask('Learning rates', steps, options.signal, async tick => {
        let [mean, lowest] = [0, Number.POSITIVE_INFINITY];
        let rows: number[] | undefined;
        for (let i = 0; i < steps; i++) {
          if (i % batches === 0) rows = epochOrder(order, 1 + i / batches, samples);
          const batch = rowsOf(examples, batchPlaces(rows, i % batches, batchSize, samples));
          optimizer.learningRate = from * (to / from) ** (i / (steps - 1));
          const value = tf.tidy(() => update(model, batch, optimizer, loss, { clip }));
          disposeRows(batch);
          mean = MEMORY * mean + (1 - MEMORY) * value;
          const smooth = mean / (1 - MEMORY ** (i + 1)); // the mean starts at 0, as in Adam
          if (!Number.isFinite(smooth) || smooth > EXPLOSION * lowest) break;
          lowest = Math.min(lowest, smooth);
          search.rates.push(optimizer.learningRate);
          search.losses.push(value);
          search.smoothed.push(smooth);
          if (await tick(i + 1)) break;
        }
      });
    } finally {
      restore(model, weights);
      for (const [i, layer] of drawingLayers(model).entries()) layer.draws = draws[i]!;
    }
    if (search.rates.length === 0)
      throw new LearnableError(`${WHERE}: the loss is no number from the first step on.`, {
        hint: 'Try a lower from: …, or look at the data.',
      });
    search.suggestion = steepest(search);
    return search;
  });
}

/** Where the smoothed loss falls fastest, by powers of ten, before its lowest point. */
function steepest({ rates, smoothed }: LearningRateSearch): number | undefined {
  const lowest = smoothed.indexOf(Math.min(...smoothed));
  const reach = Math.max(1, Math.round(rates.length / 20)); // over a few steps, not from one to the next
  let best: number | undefined;
  let steepness = 0;
  for (let i = reach; i + reach <= lowest; i++) {
    const fall = smoothed[i - reach]! - smoothed[i + reach]!;
    if (fall > steepness) [best, steepness] = [rates[i], fall];
  }
  return best;
}
