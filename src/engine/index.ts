import * as tf from '@tensorflow/tfjs';
import { printsKnownClasses } from '../display/printed-classes.ts';
import { choose, type EngineReport } from './choose.ts';

export type { EngineName, EngineReport } from './choose.ts';

/**
 * The choice belongs to the process, as tfjs does: whoever loads this module again, from another path, finds it.
 * `packages/tfjs-node` knows this key.
 */
const KEY = Symbol.for('learnable.engine');
const shared = globalThis as { [KEY]?: EngineReport };
shared[KEY] ??= choose();
printsKnownClasses(tf);

/**
 * Which TensorFlow.js backend computes, and why.
 *
 * @example engine.report().engine
 */
export function report(): EngineReport {
  return structuredClone(shared[KEY]!);
}

/**
 * The engine is ready when this module is loaded; awaiting makes sure, and gives the report.
 *
 * @example await engine.ready()
 */
export async function ready(): Promise<EngineReport> {
  await tf.ready();
  return report();
}
