import * as tf from '@tensorflow/tfjs';
import { assertOneOf, LearnableError } from '../core/index.ts';
import { benchmark } from './benchmark.ts';
import { loadNative, NATIVE_BACKEND } from './native.ts';
import { registerWasm } from './wasm.ts';

export const ENGINES = ['auto', 'wasm', 'cpu', 'tfjs-node'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface EngineReport {
  /** What computes. */
  engine: Exclude<EngineName, 'auto'>;
  /** What `LEARNABLE_ENGINE` asked for. */
  requested: EngineName;
  /** Why this one, in a sentence. */
  reason: string;
  /** Kernels that training needs, the wasm backend lacks, and we added. */
  addedKernels: string[];
  versions: { tfjs: string; node: string };
}

/** The steps that differ in tests. */
export interface Parts {
  registerWasm: typeof registerWasm;
  loadNative: typeof loadNative;
  benchmark: typeof benchmark;
}

/**
 * Chooses what computes and makes it tfjs's backend, ready at once. `auto` takes wasm, or tfjs-node where it loads
 * and is faster, or cpu where nothing else starts.
 */
export function choose(
  wish: string | undefined = process.env.LEARNABLE_ENGINE,
  parts: Parts = { registerWasm, loadNative, benchmark },
): EngineReport {
  const requested = wish || 'auto';
  assertOneOf('The environment variable LEARNABLE_ENGINE', requested, ENGINES);
  silenceBanner();
  const versions = { tfjs: tf.version.tfjs, node: process.versions.node };
  const report = (engine: EngineReport['engine'], reason: string, addedKernels: string[] = []): EngineReport => {
    tf.setBackend(engine === 'tfjs-node' ? NATIVE_BACKEND : engine);
    return { engine, requested, reason, addedKernels, versions };
  };

  const asked = 'LEARNABLE_ENGINE asks for it';
  if (requested === 'cpu') return report('cpu', asked);
  if (requested === 'tfjs-node') {
    const native = parts.loadNative();
    if (native.loaded) return report('tfjs-node', asked);
    throw new LearnableError(`LEARNABLE_ENGINE asks for tfjs-node: ${native.reason}.`, {
      hint: `Set LEARNABLE_ENGINE to 'auto', or unset it; the wasm engine needs no installation.`,
    });
  }

  const wasm = startWasm(parts);
  if (wasm.error) {
    if (requested === 'wasm')
      throw new LearnableError(`The wasm engine does not start: ${wasm.error.message}`, {
        hint: `Run npm ci again, or set LEARNABLE_ENGINE to 'cpu' for the slow engine.`,
        cause: wasm.error,
      });
    const native = parts.loadNative();
    if (native.loaded) return report('tfjs-node', `wasm does not start (${wasm.error.message})`);
    return report('cpu', `wasm does not start (${wasm.error.message}), and ${native.reason}`);
  }
  if (requested === 'wasm') return report('wasm', asked, wasm.added);

  const native = parts.loadNative();
  if (!native.loaded) return report('wasm', `the fastest here; ${native.reason}`, wasm.added);
  const [wasmTime, nativeTime] = [parts.benchmark('wasm'), parts.benchmark(NATIVE_BACKEND)];
  const times = `${wasmTime.toFixed(2)} ms a step on wasm, ${nativeTime.toFixed(2)} ms on tfjs-node`;
  return nativeTime < wasmTime
    ? report('tfjs-node', `the fastest here: ${times}`)
    : report('wasm', `the fastest here: ${times}`, wasm.added);
}

function startWasm(parts: Parts): { added: string[]; error?: undefined } | { error: Error } {
  try {
    const added = parts.registerWasm();
    tf.setBackend('wasm');
    tf.tidy(() => tf.scalar(1).dataSync());
    return { added };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** At its first tensor tfjs's cpu backend prints an advice to install tfjs-node. */
function silenceBanner(): void {
  (tf.findBackend('cpu') as unknown as { firstUse: boolean }).firstUse = false;
}
