import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertSeed,
  freshSeed,
  LearnableError,
  newRun,
  type Random,
  random,
  reportProgress,
  type Scores,
} from '../core/index.ts';
import { displayChannel } from '../display/channel.ts';
import { addEpoch, DivergenceError, type EpochRecord, type History } from './history.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName, meanLoss } from './loss.ts';
import { optimizer as createOptimizer, type OptimizerConfig } from './optimizer.ts';
import { Average, chooseMetrics, type MetricName, measure } from './scores.ts';
import { update } from './step.ts';
import { assertModel, type Data, targetsOf } from './targets.ts';

export interface FitOptions {
  /** How often training goes through all the data. Default 10. */
  epochs?: number;
  /** How many examples make one step. Default 32. */
  batchSize?: number;
  /** Of the order of the examples. Without one, `history.seed` tells which was taken. */
  seed?: number;
  /** A config, or a tfjs optimiser that keeps its state from call to call. Default Adam at 0.001. */
  optimizer?: OptimizerConfig | tf.Optimizer;
  /** Default: cross-entropy for softmax and sigmoid outputs, mean squared error for others. */
  loss?: LossName | LossFunction;
  /** Default: accuracy for classifiers. */
  metrics?: readonly MetricName[];
  /** Data that is scored after each epoch and never learned from. */
  validation?: Data;
  /** The share of the data, drawn by the seed, that is kept for validation instead. */
  validationSplit?: number;
  /** Draw a new order in each epoch. Default true. */
  shuffle?: boolean;
  /** Show a progress bar and a live loss curve in a notebook. Default false. */
  live?: boolean;
  /** Ends training at the next batch; the history so far is returned. A notebook's stop button does it too. */
  signal?: AbortSignal;
  onEpochEnd?: (record: EpochRecord) => void | Promise<void>;
}

const OPTIONS = [
  'epochs',
  'batchSize',
  'seed',
  'optimizer',
  'loss',
  'metrics',
  'validation',
  'validationSplit',
  'shuffle',
  'live',
  'signal',
  'onEpochEnd',
];
const WHERE = 'train.fit';
/** How long training may keep the event loop from others. */
const YIELD_MS = 30;

/** Everything that the epochs need, checked. */
interface Plan {
  model: tf.LayersModel;
  x: tf.Tensor;
  target: tf.Tensor;
  validation: { x: tf.Tensor; target: tf.Tensor } | undefined;
  optimizer: tf.Optimizer;
  learningRate: number | undefined;
  loss: LossName | LossFunction;
  metrics: MetricName[];
  epochs: number;
  batchSize: number;
  order: Random | undefined;
  run: number;
  stopped: () => boolean;
  onEpochEnd: FitOptions['onEpochEnd'];
}

/**
 * Trains a model by mini-batch gradient descent (Goodfellow et al., Deep Learning, 8.1.3) and gives the history.
 * The same seed, data and engine give the same weights.
 *
 * x: (rows, …) as the model's input. y: (rows, outputs), or (rows) class numbers for a softmax output.
 * Throws before the first step if data, model and loss do not fit, and when the loss stops being a number.
 *
 * @example
 * const history = await train.fit(model, prepare(fitting), {
 *   epochs: 40, batchSize: 32, seed: 1, optimizer: { kind: 'adam', learningRate: 1e-2 }, live: true,
 * });
 */
export async function fit(model: tf.LayersModel, data: Data, options: FitOptions = {}): Promise<History> {
  const { epochs = 10, batchSize = 32, seed = freshSeed(), validationSplit = 0, shuffle = true } = options;
  assertKeys(`${WHERE}(options)`, options, OPTIONS);
  assertInteger(`${WHERE}({ epochs })`, epochs, { min: 1 });
  assertInteger(`${WHERE}({ batchSize })`, batchSize, { min: 1 });
  assertSeed(`${WHERE}({ seed })`, seed);
  assertNumber(`${WHERE}({ validationSplit })`, validationSplit, {
    min: 0,
    max: 0.9,
    hint: 'It is a share: 0.2 is a fifth.',
  });
  if (validationSplit > 0 && options.validation)
    throw new LearnableError(`${WHERE}: expected validation or validationSplit, received both.`, {
      hint: 'Leave one out.',
    });
  assertModel(WHERE, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(WHERE, loss, model);
  const metrics = chooseMetrics(WHERE, model, options.metrics);
  assertWeights(model);

  const owned: { dispose(): void }[] = [];
  const own = <T extends { dispose(): void }>(value: T) => {
    owned.push(value);
    return value;
  };
  try {
    const given = options.optimizer ?? { kind: 'adam' };
    const optimizer = given instanceof tf.Optimizer ? given : own(createOptimizer(given));
    const target = own(targetsOf(WHERE, model, data, loss));
    let fitting = { x: data.x, target };
    let validation: Plan['validation'];
    if (options.validation) {
      const valTarget = own(targetsOf(`${WHERE}, validation`, model, options.validation, loss));
      validation = { x: options.validation.x, target: valTarget };
    } else if (validationSplit > 0) {
      const rows = random(seed).derive('validation').permutation(data.x.shape[0]!);
      const held = Math.round(rows.length * validationSplit);
      if (held === 0 || held === rows.length)
        throw new LearnableError(
          `${WHERE}({ validationSplit: ${validationSplit} }): ${rows.length} rows are too few to split.`,
        );
      const part = (places: number[]) => ({ x: own(rowsOf(data.x, places)), target: own(rowsOf(target, places)) });
      validation = part(rows.slice(0, held));
      fitting = part(rows.slice(held));
    }
    const signals = [options.signal, displayChannel()?.signal].filter(signal => signal !== undefined);
    const history = await trainEpochs(
      {
        model,
        ...fitting,
        validation,
        optimizer,
        learningRate: (optimizer as { learningRate?: number }).learningRate,
        loss,
        metrics,
        epochs,
        batchSize,
        order: shuffle ? random(seed).derive('shuffle') : undefined,
        run: newRun(),
        stopped: () => signals.some(({ aborted }) => aborted),
        onEpochEnd: options.onEpochEnd,
      },
      { epochs: [], history: {}, seed, stopped: false, milliseconds: 0 },
      options.live ?? false,
    );
    return history;
  } finally {
    for (const value of owned) value.dispose();
  }
}

async function trainEpochs(plan: Plan, history: History, live: boolean): Promise<History> {
  const { run, epochs, batchSize, metrics, validation } = plan;
  const samples = plan.x.shape[0]!;
  const names = ['loss', ...metrics];
  const scores = validation ? [...names, ...names.map(validationName)] : names;
  const batches = Math.ceil(samples / batchSize);
  const start = performance.now();
  let reason: 'completed' | 'stopped' | 'failed' = 'failed';
  reportProgress({ kind: 'fit-start', id: run, epochs, batches, samples, scores, live });
  try {
    for (let epoch = 1; epoch <= epochs && !history.stopped; epoch++) {
      const begun = performance.now();
      const fitted = await trainEpoch(plan, history, epoch, batches);
      if (!fitted) {
        history.stopped = true;
        break;
      }
      const record = addEpoch(history, epoch, { ...fitted, ...(validation ? validate(plan, validation) : {}) });
      const { epoch: _, ...told } = record;
      const milliseconds = performance.now() - begun;
      reportProgress({ kind: 'fit-epoch', id: run, epoch, epochs, scores: told, milliseconds });
      await plan.onEpochEnd?.({ ...record });
    }
    reason = history.stopped ? 'stopped' : 'completed';
    return history;
  } finally {
    history.milliseconds = performance.now() - start;
    const { milliseconds } = history;
    reportProgress({ kind: 'fit-end', id: run, reason, epochs: history.epochs.length, milliseconds });
  }
}

/** One pass over the data; gives its average scores, or nothing when it was stopped. */
async function trainEpoch(plan: Plan, history: History, epoch: number, batches: number): Promise<Scores | undefined> {
  const { x, target, batchSize, order, run } = plan;
  const samples = x.shape[0]!;
  const rows = order?.permutation(samples);
  const average = new Average();
  let yielded = performance.now();
  for (let batch = 1; batch <= batches; batch++) {
    if (plan.stopped()) return undefined;
    const from = (batch - 1) * batchSize;
    const size = Math.min(batchSize, samples - from);
    const places = rows?.slice(from, from + size) ?? Array.from({ length: size }, (_, i) => from + i);
    const scores = trainBatch(plan, rowsOf(x, places), rowsOf(target, places));
    if (!Number.isFinite(scores.loss!))
      throw divergence(plan, history, epoch, batch, scores.loss!, average.scores().loss);
    average.add(scores, size);
    reportProgress({ kind: 'fit-batch', id: run, epoch, batch, batches, scores: average.scores() });
    if (performance.now() - yielded > YIELD_MS || batch === batches) {
      await setImmediate();
      yielded = performance.now();
    }
  }
  return average.scores();
}

/** Takes over both tensors. */
function trainBatch(plan: Plan, x: tf.Tensor, target: tf.Tensor): Scores {
  const scores: Scores = { loss: 0 };
  try {
    scores.loss = update(plan.model, x, target, plan.optimizer, plan.loss, (wanted, output) => {
      for (const metric of plan.metrics) scores[metric] = measure(metric, wanted, output);
    });
    return scores;
  } finally {
    x.dispose();
    target.dispose();
  }
}

function validate({ model, loss, metrics }: Plan, { x, target }: NonNullable<Plan['validation']>): Scores {
  return tf.tidy(() => {
    const output = model.predict(x) as tf.Tensor;
    const scores: Scores = { valLoss: meanLoss(loss, target, output).dataSync()[0]! };
    for (const metric of metrics) scores[validationName(metric)] = measure(metric, target, output);
    return scores;
  });
}

function validationName(score: string): string {
  return `val${score[0]!.toUpperCase()}${score.slice(1)}`;
}

function rowsOf(tensor: tf.Tensor, places: number[]): tf.Tensor {
  return tf.tidy(() => tensor.gather(tf.tensor1d(places, 'int32')));
}

function assertWeights(model: tf.LayersModel): void {
  const spoilt = model.weights.find(weight => !weight.read().dataSync().every(Number.isFinite));
  if (spoilt)
    throw new LearnableError(`${WHERE}(model): '${spoilt.originalName}' holds weights that are no numbers (NaN).`, {
      hint: 'An earlier run spoilt them, often by too high a learning rate. Build the model again.',
    });
}

function divergence(
  { learningRate, loss }: Plan,
  history: History,
  epoch: number,
  batch: number,
  value: number,
  before: number | undefined,
): DivergenceError {
  const last = before ?? history.epochs.at(-1)?.loss;
  const course = last === undefined ? '' : ` Before it was ${Number(last.toPrecision(3))} on average.`;
  const message = `${WHERE}: the loss became ${value} in epoch ${epoch}, batch ${batch}.${course}`;
  const lower = learningRate === undefined ? '' : `, such as ${Number((learningRate / 10).toPrecision(1))}`;
  const rate = learningRate === undefined ? 'The learning rate' : `The learning rate ${learningRate}`;
  const own = typeof loss === 'function' ? ' Or your loss divides by 0 or takes the logarithm of 0.' : '';
  const hint = `The data has no NaN. ${rate} is probably too high: build the model again and try a lower one${lower}, or scale the data.${own}`;
  return new DivergenceError(message, hint, history);
}
