import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertOneOf,
  describe,
  drawingLayers,
  LearnableError,
  mismatch,
  type Scores,
  writeFileAtomically,
} from '../../core/index.ts';
import { trainableVariables } from '../backward.ts';
import type { Watcher } from '../early-stopping.ts';
import type { EpochRecord } from '../history.ts';
import { addEpoch } from '../history.ts';
import type { RuleOptimizer } from '../optimisers/index.ts';
import type { RunState } from '../run-state.ts';
import { restore, snapshot } from '../snapshot.ts';
import { DamagedError, decode, encode } from './format.ts';
import { assertSame, type Identity } from './identity.ts';

/** Where and how often a run is kept, so that it can go on after a crash, a stop, or a night. */
export interface CheckpointOptions {
  /** A folder of its own for each run. */
  folder: string;
  /** Default 1. */
  every?: number;
  /** Default 'epoch'. */
  unit?: 'epoch' | 'batch';
}

const VERSION = 1;

export function assertCheckpoint(where: string, options: CheckpointOptions): void {
  assertKeys(where, options, ['folder', 'every', 'unit']);
  if (typeof options.folder !== 'string' || options.folder === '')
    throw mismatch({ where: `${where}.folder`, expected: 'the name of a folder', received: describe(options.folder) });
  assertInteger(`${where}.every`, options.every ?? 1, { min: 1 });
  assertOneOf(`${where}.unit`, options.unit ?? 'epoch', ['epoch', 'batch'] as const);
}

/** The parts of a run that a checkpoint keeps. */
export interface Kept {
  model: tf.LayersModel;
  optimizer: RuleOptimizer;
  watcher: Watcher | undefined;
  identity: Identity;
}

interface SavedState {
  version: number;
  identity: Identity;
  epoch: number;
  batch: number;
  step: number;
  average: { sums: Scores; count: number };
  epochs: EpochRecord[];
  milliseconds: number;
  draws: number[];
  optimizerSteps: number;
  best: Watcher['best'] | null;
}

export function checkpointFile(folder: string): string {
  return path.join(folder, 'checkpoint.safetensors');
}

/** Writes the whole state of a run; the file of before stays until the new one is there. */
export async function saveCheckpoint(folder: string, kept: Kept, run: RunState): Promise<void> {
  const { model, optimizer, watcher, identity } = kept;
  const tensors: Record<string, Float32Array> = {};
  for (const [i, values] of snapshot(model).entries()) tensors[`weights/${i}`] = values;
  for (const [i, variable] of trainableVariables(model).entries())
    for (const [slot, values] of Object.entries(optimizer.memoryOf(variable.name, variable.size)))
      tensors[`optimizer/${i}/${slot}`] = values;
  for (const [i, values] of (watcher?.bestWeights ?? []).entries()) tensors[`best/${i}`] = values;
  const state: SavedState = {
    version: VERSION,
    identity,
    epoch: run.epoch,
    batch: run.batch,
    step: run.step,
    average: { sums: run.average.sums, count: run.average.count },
    epochs: run.history.epochs,
    milliseconds: run.elapsed(),
    draws: drawingLayers(model).map(({ draws }) => draws),
    optimizerSteps: optimizer.steps,
    best: watcher?.best ?? null,
  };
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(checkpointFile(folder), encode({ state, tensors }));
}

/** The seed of the run that is kept there; undefined if there is none. */
export async function savedSeed(folder: string): Promise<number | undefined> {
  const saved = await readCheckpoint(folder);
  return saved && Number(saved.state.identity.seed);
}

/** Gives the parts of a run the state that is kept; tells whether there was one. */
export async function loadCheckpoint(folder: string, kept: Kept, run: RunState): Promise<boolean> {
  const saved = await readCheckpoint(folder);
  if (!saved) return false;
  const { state, tensors } = saved;
  const { model, optimizer, watcher, identity } = kept;
  assertSame(checkpointFile(folder), state.identity, identity);
  restore(
    model,
    model.weights.map((_, i) => tensors[`weights/${i}`]!),
  );
  for (const [i, variable] of trainableVariables(model).entries())
    for (const [slot, values] of Object.entries(optimizer.memoryOf(variable.name, variable.size)))
      values.set(tensors[`optimizer/${i}/${slot}`]!);
  optimizer.steps = state.optimizerSteps;
  for (const [i, layer] of drawingLayers(model).entries()) layer.draws = state.draws[i]!;
  if (watcher && state.best) {
    watcher.best = state.best;
    if ('best/0' in tensors) watcher.bestWeights = model.weights.map((_, i) => tensors[`best/${i}`]!);
  }
  Object.assign(run, { epoch: state.epoch, batch: state.batch, step: state.step, before: state.milliseconds });
  Object.assign(run.average, state.average);
  for (const { epoch, ...scores } of state.epochs) addEpoch(run.history, epoch, scores);
  run.history.resumed = { epoch: state.epoch, batch: state.batch };
  return true;
}

async function readCheckpoint(
  folder: string,
): Promise<{ state: SavedState; tensors: Record<string, Float32Array> } | undefined> {
  const file = checkpointFile(folder);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  try {
    const { state, tensors } = decode(bytes);
    const { version } = state as Partial<SavedState>;
    if (version !== VERSION) throw new DamagedError(`it was written by another version of learnable (${version})`);
    return { state: state as SavedState, tensors };
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    throw new LearnableError(`train.fit({ resume }): the checkpoint ${file} cannot be used: ${error.message}.`, {
      hint: 'Delete it to train from the beginning.',
      cause: error,
    });
  }
}
