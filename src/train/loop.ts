import { reportProgress, type Scores } from '../core/index.ts';
import { divergence } from './divergence.ts';
import type { TrainEvent } from './events.ts';
import { countOf, disposeRows, type Examples, rowsOf } from './examples.ts';
import { addEpoch } from './history.ts';
import { judge } from './judge.ts';
import { setLearningRate } from './learning-rate.ts';
import type { FitOptions } from './options.ts';
import { batchPlaces, epochOrder } from './order.ts';
import { Pause } from './pause.ts';
import { type Plan, validationName } from './plan.ts';
import type { RunState } from './run-state.ts';
import { learningRateAt } from './schedule.ts';
import { measure, outputKind } from './scores.ts';
import { update } from './step.ts';

/** What the epochs do beside learning. */
export interface Loop
  extends Pick<FitOptions, 'schedule' | 'clip' | 'live' | 'onEpochEnd' | 'callbacks' | 'checkpoint'> {
  /** The id of the run's progress events. */
  run: number;
  /** Whether somebody asked to stop. */
  stopped: () => boolean;
  /** Writes a checkpoint. */
  save: (() => Promise<void>) | undefined;
}

/** Trains from where the state is until the last epoch, or until something ends it: `history.ended` says what. */
export async function trainEpochs(plan: Plan, state: RunState, loop: Loop, batches: number): Promise<void> {
  const { model, validation, watcher, epochs } = plan;
  const { history } = state;
  const { every = 1, unit = 'epoch' } = loop.checkpoint ?? {};
  const pause = new Pause();
  if (watcher?.isOver(state.epoch)) history.ended = 'early-stopping'; // a checkpoint of a run that was at its end
  while (state.epoch < epochs && history.ended === 'completed') {
    const begun = performance.now();
    if (!(await trainEpoch(plan, state, loop, batches, pause))) break;
    const fitted = state.average.scores();
    const judged = validation ? await judge(model, validation, plan) : {};
    const named = Object.entries(judged).map(([name, value]) => [validationName(name), value]);
    const rate: Scores = loop.schedule
      ? { learningRate: rateAt(plan, loop, (state.epoch + 1) * batches - 1, batches)! }
      : {};
    state.endEpoch();
    const { epoch } = state;
    const record = addEpoch(history, epoch, { ...fitted, ...(Object.fromEntries(named) as Scores), ...rate });
    const { epoch: _, ...scores } = record;
    const milliseconds = performance.now() - begun;
    reportProgress({ kind: 'fit-epoch', id: loop.run, epoch, epochs, scores, milliseconds });
    await loop.onEpochEnd?.({ ...record });
    if (await tell(loop, { kind: 'epoch', model, record: { ...record } })) history.ended = 'callback';
    if (watcher?.see(model, epoch, scores)) history.ended = 'early-stopping';
    const last = epoch === epochs || history.ended !== 'completed';
    if (last || (unit === 'epoch' && epoch % every === 0)) await loop.save?.();
  }
}

/** The rest of an epoch; false when it was ended before its last batch. */
async function trainEpoch(plan: Plan, state: RunState, loop: Loop, batches: number, pause: Pause): Promise<boolean> {
  const { model, fitting, order, batchSize } = plan;
  const { history, average } = state;
  const epoch = state.epoch + 1;
  const samples = fitting.x.shape[0]!;
  const rows = epochOrder(order, epoch, samples);
  const { every = 1, unit = 'epoch' } = loop.checkpoint ?? {};
  while (state.batch < batches) {
    if (loop.stopped()) {
      history.stopped = true;
      history.ended = 'stopped';
      await loop.save?.();
      return false;
    }
    const places = batchPlaces(rows, state.batch, batchSize, samples);
    const learningRate = rateAt(plan, loop, state.epoch * batches + state.batch, batches);
    if (loop.schedule) setLearningRate(plan.optimizer, learningRate!);
    const { scores, count } = trainBatch(plan, rowsOf(fitting, places), loop);
    if (!Number.isFinite(scores.loss)) throw divergence(plan, state, scores.loss!, learningRate);
    average.add(scores, count);
    state.batch++;
    state.step++;
    const { batch, step } = state;
    reportProgress({ kind: 'fit-batch', id: loop.run, epoch, batch, batches, scores: average.scores() });
    if (loop.callbacks && (await tell(loop, { kind: 'batch', model, epoch, batch, step, scores, learningRate }))) {
      history.ended = 'callback';
      await loop.save?.();
      return false;
    }
    if (unit === 'batch' && step % every === 0) await loop.save?.();
    await pause.take();
  }
  return true;
}

/** Takes over the batch. */
function trainBatch(plan: Plan, batch: Examples, { clip }: Loop): { scores: Scores; count: number } {
  const { model, metrics, optimizer, loss } = plan;
  const kind = outputKind(model);
  const measured: Scores = {};
  try {
    const value = update(model, batch, optimizer, loss, {
      clip,
      watch: output => {
        for (const metric of metrics) measured[metric] = measure(metric, kind, batch.target, output, batch.weights);
      },
    });
    return { scores: { loss: value, ...measured }, count: countOf(batch) };
  } finally {
    disposeRows(batch);
  }
}

/** The learning rate of a step, counted from 0, after the schedule. */
function rateAt(plan: Plan, { schedule }: Loop, step: number, batches: number): number | undefined {
  const { epochs, learningRate } = plan;
  if (!schedule) return learningRate;
  const progress = { epoch: step / batches, epochs, step, steps: epochs * batches, learningRate: learningRate! };
  return learningRateAt(schedule, progress);
}

/** Whether one of those who watch wants to stop. */
async function tell({ callbacks = [] }: Loop, event: TrainEvent): Promise<boolean> {
  let stop = false;
  for (const callback of callbacks) {
    const answer = callback(event);
    if ((answer instanceof Promise ? await answer : answer) === 'stop') stop = true;
  }
  return stop;
}
