import type * as tf from '@tensorflow/tfjs';
import { newRun, reportProgress, scope } from '../core/index.ts';
import { displayChannel } from '../display/channel.ts';
import { type Kept, loadCheckpoint, saveCheckpoint } from './checkpoint/checkpoint.ts';
import { describeExamples, describeOption, describeWeights, type Identity } from './checkpoint/identity.ts';
import type { Data } from './data.ts';
import { type History, newHistory } from './history.ts';
import { setLearningRate } from './learning-rate.ts';
import { type Loop, trainEpochs } from './loop.ts';
import type { RuleOptimizer } from './optimisers/index.ts';
import { assertFitOptions, type FitOptions } from './options.ts';
import { type Plan, planOf } from './plan.ts';
import { RunState } from './run-state.ts';

const WHERE = 'train.fit';

/**
 * Trains a model by mini-batch gradient descent (Goodfellow et al., Deep Learning, 8.1.3) and gives the history.
 * The same seed, data and engine give the same weights, also when the run was stopped and taken up from a checkpoint.
 *
 * x: (rows, …) as the model's input. y: (rows, outputs), or for a softmax output class numbers (rows), or (rows, time)
 * for one at each step.
 * Throws before the first step if data, model and loss do not fit, and when the loss stops being a number.
 *
 * @example
 * const x = tf.randomNormal([100, 2]);
 * const y = x.sum(1).greater(0).toInt();
 * const model = models.mlp({ inputs: 2, hidden: [8], task: 'binary', seed: 1 });
 * const history = await train.fit(model, { x, y }, {
 *   epochs: 20, batchSize: 10, seed: 1, optimizer: { kind: 'adam', learningRate: 1e-2 }, validationSplit: 0.2,
 * });
 */
export async function fit(model: tf.LayersModel, data: Data, options: FitOptions = {}): Promise<History> {
  assertFitOptions(WHERE, options);
  return scope(async own => {
    const plan = await planOf(WHERE, model, data, options, own);
    const state = new RunState(newHistory(plan.seed));
    const kept: Kept | undefined = options.checkpoint && {
      model,
      optimizer: plan.optimizer as RuleOptimizer,
      watcher: plan.watcher,
      identity: identityOf(plan, options),
    };
    const folder = options.checkpoint?.folder ?? '';
    if (kept && options.resume) await loadCheckpoint(folder, kept, state);
    const signals = [options.signal, displayChannel()?.signal].filter(signal => signal !== undefined);
    try {
      await run(plan, state, {
        ...options,
        run: newRun(),
        stopped: () => signals.some(({ aborted }) => aborted),
        save: kept && (() => saveCheckpoint(folder, kept, state)),
      });
    } finally {
      // A schedule changed it; the caller's own optimiser has it back.
      if (options.schedule) setLearningRate(plan.optimizer, plan.learningRate!);
    }
    const best = plan.watcher && !state.history.stopped && plan.watcher.finish(model, state.epoch);
    if (best) state.history.best = best;
    for (const callback of options.callbacks ?? []) await callback({ kind: 'end', model, history: state.history });
    return state.history;
  });
}

/** Tells of the run while the epochs go by. */
async function run(plan: Plan, state: RunState, loop: Loop): Promise<void> {
  const { epochs, scores, batchSize, model } = plan;
  const samples = plan.fitting.x.shape[0]!;
  const batches = Math.ceil(samples / batchSize);
  const { history } = state;
  let reason: 'completed' | 'stopped' | 'failed' = 'failed';
  reportProgress({ kind: 'fit-start', id: loop.run, epochs, batches, samples, scores, live: loop.live ?? false });
  try {
    for (const callback of loop.callbacks ?? []) await callback({ kind: 'start', model, epochs, batches, samples });
    await trainEpochs(plan, state, loop, batches);
    reason = history.stopped ? 'stopped' : 'completed';
  } finally {
    history.milliseconds = state.elapsed();
    const { milliseconds } = history;
    reportProgress({ kind: 'fit-end', id: loop.run, reason, epochs: history.epochs.length, milliseconds });
  }
}

/** All that decides what a run computes, except for how long it is. */
function identityOf(plan: Plan, options: FitOptions): Identity {
  const { config } = plan.optimizer as RuleOptimizer;
  return {
    weights: describeWeights(plan.model),
    seed: String(plan.seed), // before the data, as it decides the split
    data: describeExamples(plan.fitting),
    'validation data': plan.validation ? describeExamples(plan.validation) : 'none',
    batchSize: String(plan.batchSize),
    shuffle: String(options.shuffle ?? true),
    optimizer: describeOption(config),
    loss: describeOption(plan.loss),
    schedule: describeOption(options.schedule),
    clip: describeOption(options.clip),
    'early stopping': describeOption(options.earlyStopping),
  };
}
