import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type KernelBackend, registerBackend, removeBackend } from '@tensorflow/tfjs';
import { registerTrainingKernels } from './kernels/index.ts';

const PACKAGE = '@tensorflow/tfjs-backend-wasm';
/** Above tfjs's own cpu backend, which has 1. */
const PRIORITY = 2;

/** An Emscripten module: what its factory fills in, and what we add for tfjs. */
interface EmscriptenModule {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): WebAssembly.Exports;
  cwrap(name: string, returns: 'number' | null, takes: 'number'[]): unknown;
  tfjs?: Record<string, unknown>;
}

/**
 * Registers the wasm backend so that it starts without waiting: tfjs's own start is asynchronous, and would leave a
 * notebook's first line with the slow backend. All files come from the npm package; nothing is fetched.
 * Returns the names of the kernels that were added to it.
 */
export function registerWasm(): string[] {
  const require = createRequire(import.meta.url);
  const { BackendWasm } = require(PACKAGE) as { BackendWasm: new (module: EmscriptenModule) => KernelBackend };
  removeBackend('wasm');
  registerBackend('wasm', () => new BackendWasm(startModule(require)), PRIORITY);
  return registerTrainingKernels();
}

function startModule(require: NodeJS.Require): EmscriptenModule {
  const createModule = require(`${PACKAGE}/wasm-out/tfjs-backend-wasm.js`) as (module: EmscriptenModule) => unknown;
  const binary = readFileSync(require.resolve(`${PACKAGE}/wasm-out/tfjs-backend-wasm-simd.wasm`));
  const module = {
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
      done(instance);
      return instance.exports;
    },
  } as EmscriptenModule;
  withoutNewListeners(() => createModule(module));
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  return module;
}

/** Emscripten rethrows every uncaught error of the process, which would end a kernel that survives them. */
function withoutNewListeners(work: () => void): void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map(event => process.rawListeners(event));
  work();
  for (const [i, event] of events.entries())
    for (const listener of process.rawListeners(event))
      if (!before[i]!.includes(listener)) process.off(event, listener as () => void);
}
