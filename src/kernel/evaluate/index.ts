import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { helpers, resolveFrom } from '../../modules/index.ts';
import type { DeferredImport, TransformedCell } from '../transform/index.ts';
import { Activation } from './activation.ts';
import { inModuleWords } from './messages.ts';
import { createModuleSource, exportDescriptor } from './modules.ts';
import { CellScope } from './scope.ts';
import { runScript } from './script.ts';

export interface EvaluatorOptions {
  /** The notebook's folder: relative imports and packages are looked up from here. */
  directory: string;
  /** Modules that exist in this process only, by specifier. */
  virtualModules?: Record<string, object>;
  /** Sees each module that a cell imports or requires, before the cell does. */
  onLoad?: (module: object) => void;
}

export interface Evaluation {
  value: unknown;
  /** False when the cell ends in a statement, or in an expression that is `undefined`. */
  hasValue: boolean;
}

export interface Evaluator {
  /**
   * Runs a cell in the main context; rejects with what the cell throws. After a termination from another thread the
   * promise may never settle, and the next run works all the same.
   */
  run(cell: TransformedCell, options: { filename: string }): Promise<Evaluation>;
}

/** One execution of a cell. Whatever of it goes on late touches only this object, never the next execution. */
interface Run {
  value: unknown;
  /** The cell's code, where it awaits. */
  segment?: (runtime: unknown, activation: Activation) => Promise<void>;
}

/** Evaluates cells of one notebook. Only one can exist in a process, as cells share `globalThis`. */
export function createEvaluator({ directory, virtualModules = {}, onLoad }: EvaluatorOptions): Evaluator {
  const modules = createModuleSource(directory, virtualModules, onLoad);
  const deferred = new Map<string, DeferredImport>();
  const scope = new CellScope();
  let current: Run = { value: undefined };

  /** What the code of cells calls. */
  const runtime = {
    helpers,
    meta: Object.freeze({
      url: pathToFileURL(join(directory, 'notebook.ts')).href,
      dirname: directory,
      filename: join(directory, 'notebook.ts'),
      resolve: (specifier: string) => resolveFrom(directory, specifier),
    }),
    bind: (name: string, module: Record<string, unknown>, specifier: string, imported: string) =>
      scope.define(name, exportDescriptor(module, specifier, imported)),
    import: (specifier: unknown, options?: ImportCallOptions) => modules.import(String(specifier), options),
    segment: (code: Run['segment']) => {
      current.segment = code;
    },
    value: (value: unknown) => {
      current.value = value;
    },
    caught: inModuleWords,
    activation: (cell: string) => new Activation(cell),
    get never() {
      return new Promise(() => {});
    },
  };
  for (const [name, value] of Object.entries({ __cell: runtime, require: modules.require, __dirname: directory })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }

  async function loadDeferred(cell: TransformedCell): Promise<void> {
    for (const name of Object.keys(cell.names)) deferred.delete(name);
    for (const name of cell.uses) {
      const wanted = deferred.get(name);
      if (!wanted || cell.deferredImports.some(other => other.name === name)) continue;
      runtime.bind(name, await modules.import(wanted.source), wanted.source, wanted.imported);
      deferred.delete(name);
    }
    for (const item of cell.deferredImports) deferred.set(item.name, item);
  }

  return {
    async run(cell, { filename }) {
      const run: Run = { value: undefined };
      current = run;
      if (deferred.size > 0 || cell.deferredImports.length > 0) await loadDeferred(cell);
      scope.begin(cell.names);
      try {
        runScript(cell, filename, scope);
        // Its own view of the run: a late continuation of this cell must not write into the next one's.
        const own = Object.create(runtime, { value: { value: (value: unknown) => Object.assign(run, { value }) } });
        const { segment } = run;
        await segment?.(own, new Activation(filename, true));
      } catch (error) {
        throw inModuleWords(error);
      } finally {
        if (current === run) scope.settle();
      }
      return { value: run.value, hasValue: run.value !== undefined };
    },
  };
}
