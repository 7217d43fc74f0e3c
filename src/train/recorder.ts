import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber, describe, mismatch, type Scores } from '../core/index.ts';
import type { Callback, TrainEvent } from './events.ts';
import { snapshot, type WeightValues } from './snapshot.ts';

export interface RecorderOptions {
  /** Keep the state after every so many steps; it grows when the recorder is full. Default 1. */
  every?: number;
  /** How many states are kept at most. Default 100. */
  capacity?: number;
  /** How much memory weights may take, in megabytes; fewer states are kept if it is not enough. Default 64. */
  megabytes?: number;
  /** Keep the weights. Default true. */
  weights?: boolean;
  /** Examples whose predictions are kept, such as a grid over the plane. */
  inputs?: tf.Tensor;
}

/** The state of a training after so many steps. */
export interface Frame {
  /** 0 is before the first one. */
  step: number;
  /** From 1; 0 before the first step. */
  epoch: number;
  /** Of the batch of that step, before its update; none before the first step. */
  scores: Scores;
  weights?: WeightValues;
  /** (rows, …) of the inputs. */
  predictions?: number[] | number[][];
}

export interface Recorder {
  /** In order; evenly spread over the steps, and always the last one. */
  readonly frames: readonly Frame[];
  /** For `callbacks` of `train.fit`. */
  readonly callback: Callback;
}

/**
 * Keeps the states that a training goes through, so that a notebook can go back and forth in it. When it is full, it
 * forgets every other state and goes on with steps twice as far apart: its memory is bounded, however long the run is.
 * A new run empties it.
 *
 * @example
 * const film = train.recorder({ capacity: 50 });
 * const data = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([3, 5]) };
 * await train.fit(models.linear({ inputs: 1, seed: 1 }), data, { epochs: 20, callbacks: [film.callback] });
 * film.frames.map(frame => frame.scores.loss);
 */
export function recorder(options: RecorderOptions = {}): Recorder {
  const where = 'train.recorder';
  assertKeys(`${where}(options)`, options, ['every', 'capacity', 'megabytes', 'weights', 'inputs']);
  const { every = 1, capacity = 100, megabytes = 64, weights = true, inputs } = options;
  assertInteger(`${where}({ every })`, every, { min: 1 });
  assertInteger(`${where}({ capacity })`, capacity, { min: 2 });
  assertNumber(`${where}({ megabytes })`, megabytes, { min: 0, aboveMin: true });
  if (inputs !== undefined && !(inputs instanceof tf.Tensor))
    throw mismatch({ where: `${where}({ inputs })`, expected: 'a tensor', received: describe(inputs) });

  const frames: Frame[] = [];
  let spacing = every;
  let room = capacity;
  let latest: Omit<Frame, 'weights' | 'predictions'> = { step: 0, epoch: 0, scores: {} };
  const keep = (model: tf.LayersModel) => {
    frames.push({
      ...latest,
      ...(weights && { weights: snapshot(model) }),
      ...(inputs && { predictions: predict(model, inputs) }),
    });
  };
  const callback = (event: TrainEvent): void => {
    const { model } = event;
    if (event.kind === 'start') {
      frames.length = 0;
      spacing = every;
      const bytes = weights ? 4 * model.countParams() : 0;
      room = Math.max(2, Math.min(capacity, bytes > 0 ? Math.floor((megabytes * 1e6) / bytes) : capacity));
      latest = { step: 0, epoch: 0, scores: {} };
      keep(model);
    } else if (event.kind === 'batch') {
      latest = { step: event.step, epoch: event.epoch, scores: event.scores };
      if (event.step % spacing !== 0) return;
      if (frames.length >= room) {
        spacing *= 2;
        const kept = frames.filter(frame => frame.step % spacing === 0);
        frames.splice(0, frames.length, ...kept);
        if (event.step % spacing !== 0) return;
      }
      keep(model);
    } else if (event.kind === 'end' && frames.at(-1)?.step !== latest.step) {
      if (frames.length >= room) frames.pop();
      keep(model);
    }
  };
  return { frames, callback };
}

function predict(model: tf.LayersModel, inputs: tf.Tensor): number[] | number[][] {
  return tf.tidy(() => {
    const output = model.predict(inputs) as tf.Tensor;
    const column = output.rank === 2 && output.shape[1] === 1;
    return (column ? output.squeeze([1]) : output).arraySync() as number[] | number[][];
  });
}
