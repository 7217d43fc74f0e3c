import * as tf from '@tensorflow/tfjs';
import { type Disposable, freshSeed, LearnableError, type Own, type Random, random } from '../core/index.ts';
import { savedSeed } from './checkpoint/checkpoint.ts';
import { classWeightsOf } from './class-weights.ts';
import { assertModel, assertWeights, type Data } from './data.ts';
import { Watcher } from './early-stopping.ts';
import { disposeExamples, disposeRows, type Examples, examplesOf, rowsOf } from './examples.ts';
import { learningRateOf } from './learning-rate.ts';
import { assertLoss, inferLoss, type LossFunction, type LossName, meanLoss } from './loss.ts';
import { optimizer as createOptimizer } from './optimisers/index.ts';
import type { FitOptions } from './options.ts';
import { chooseMetrics, type MetricName } from './scores.ts';

/** Everything that the epochs need, checked. */
export interface Plan {
  model: tf.LayersModel;
  fitting: Examples;
  validation: Examples | undefined;
  optimizer: tf.Optimizer;
  /** That of the optimiser, where it has one. */
  learningRate: number | undefined;
  loss: LossName | LossFunction;
  metrics: MetricName[];
  epochs: number;
  batchSize: number;
  seed: number;
  /** Of the orders of the epochs; undefined where the order stays. */
  order: Random | undefined;
  watcher: Watcher | undefined;
  /** Of each epoch, in the order in which they are reported. */
  scores: string[];
}

/** Checks model, data and options against each other; `own` frees what was made for the run. */
export async function planOf(
  where: string,
  model: tf.LayersModel,
  data: Data,
  options: FitOptions,
  own: Own,
): Promise<Plan> {
  assertModel(where, model);
  const loss = options.loss ?? inferLoss(model);
  assertLoss(where, loss, model);
  const metrics = chooseMetrics(where, model, options.metrics);
  assertWeights(where, model);
  const given = options.optimizer ?? { kind: 'adam' };
  const optimizer = given instanceof tf.Optimizer ? given : own(createOptimizer(given));
  const learningRate = learningRateOf(optimizer);
  if (options.schedule && learningRate === undefined)
    throw new LearnableError(`${where}({ schedule }): this optimiser has no learning rate to change.`);

  const kept = options.resume ? await savedSeed(options.checkpoint!.folder) : undefined;
  const seed = options.seed ?? kept ?? freshSeed();
  const check = (name: string, part: Data) => {
    const examples = examplesOf(name, model, part, loss);
    own(disposing(() => disposeExamples(examples)));
    return examples;
  };
  let fitting = check(where, data);
  let validation = options.validation && check(`${where}, validation`, options.validation);
  if (options.validationSplit) {
    const { kept: fitted, held } = splitOff(where, fitting, options.validationSplit, seed);
    own(disposing(() => [fitted, held].map(disposeRows)));
    [fitting, validation] = [fitted, held];
  }
  if (options.classWeights !== undefined) {
    const weights = classWeightsOf(`${where}({ classWeights })`, model, data, fitting, options.classWeights);
    fitting = { ...fitting, weights: own(weights) };
  }
  if (typeof loss === 'function' && fitting.weights) assertLossByRow(model, fitting, loss);
  const names = ['loss', ...metrics];
  const scores = validation ? [...names, ...names.map(validationName)] : names;
  return {
    model,
    fitting,
    validation,
    optimizer,
    learningRate,
    loss,
    metrics,
    epochs: options.epochs ?? 10,
    batchSize: options.batchSize ?? 32,
    seed,
    order: (options.shuffle ?? true) ? random(seed).derive('shuffle') : undefined,
    watcher: options.earlyStopping && new Watcher(`${where}({ earlyStopping })`, options.earlyStopping, scores),
    scores,
  };
}

export function validationName(score: string): string {
  return `val${score[0]!.toUpperCase()}${score.slice(1)}`;
}

function splitOff(where: string, examples: Examples, share: number, seed: number): { kept: Examples; held: Examples } {
  const rows = random(seed).derive('validation').permutation(examples.x.shape[0]!);
  const count = Math.round(rows.length * share);
  if (count === 0 || count === rows.length)
    throw new LearnableError(`${where}({ validationSplit: ${share} }): ${rows.length} rows are too few to split.`);
  return { held: rowsOf(examples, rows.slice(0, count)), kept: rowsOf(examples, rows.slice(count)) };
}

/** Before the first step: what throws in the middle of one leaves the tensors of its forward pass behind in tfjs. */
function assertLossByRow(model: tf.LayersModel, examples: Examples, loss: LossFunction): void {
  tf.tidy(() => {
    const row = rowsOf(examples, [0]);
    meanLoss(loss, row.target, model.predict(row.x) as tf.Tensor, row.weights);
  });
}

function disposing(dispose: () => unknown): Disposable {
  return { dispose: () => void dispose() };
}
