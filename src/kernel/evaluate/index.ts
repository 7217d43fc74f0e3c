import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { helpers, resolveFrom } from '../../modules/index.ts';
import { currentExecution } from '../execution.ts';
import type { DeferredImport, TransformedCell } from '../transform/index.ts';
import { createModuleSource, exportDescriptor } from './modules.ts';
import { Run } from './run.ts';
import { asConstantError, CellScope } from './scope.ts';

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

/** Evaluates cells of one notebook. Only one can exist in a process, as cells share `globalThis`. */
export function createEvaluator({ directory, virtualModules = {}, onLoad }: EvaluatorOptions): Evaluator {
  const modules = createModuleSource(directory, virtualModules, onLoad);
  const deferred = new Map<string, DeferredImport>();
  let current = new Run();

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
    segment: (code: (run: unknown) => Promise<void>) => current.segments.push(code),
    value: (value: unknown) => {
      current.value = value;
    },
    use: (resource: unknown) => current.resources.u(resource),
    useAsync: (resource: unknown) => current.resources.a(resource),
    wait: (value: unknown, cell: string, offset: number, isTopLevel: boolean) =>
      currentExecution().wait(value, { cell, offset, isTopLevel }),
    async *iterate(
      iterable: AsyncIterable<unknown> | Iterable<unknown>,
      cell: string,
      offset: number,
      isTopLevel: boolean,
    ) {
      const execution = currentExecution();
      const place = { cell, offset, isTopLevel };
      execution.places.add(place);
      try {
        for await (const item of iterable) {
          if (execution.isAbandoned) await execution.wait(undefined, place);
          yield item;
        }
      } finally {
        execution.places.delete(place);
      }
    },
  };
  for (const [name, value] of Object.entries({ __cell: runtime, require: modules.require, __dirname: directory })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }

  const scope = new CellScope();

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
      const run = new Run();
      const execution = currentExecution();
      current = run;
      if (deferred.size > 0 || cell.deferredImports.length > 0) await loadDeferred(cell);
      scope.begin(cell.names);
      try {
        runScript(cell, filename, scope);
        // Its own view of the run: a late continuation of this cell must not write into the next one's.
        const own = Object.assign(Object.create(runtime), { value: (value: unknown) => Object.assign(run, { value }) });
        for (const segment of run.segments) {
          if (execution.isAbandoned) break;
          await segment(own);
        }
      } catch (error) {
        run.resources.e = asConstantError(error);
      } finally {
        if (current === run) scope.settle();
      }
      await run.resources.d();
      return { value: run.value, hasValue: run.value !== undefined };
    },
  };
}

function runScript({ code, names, uses }: TransformedCell, filename: string, scope: CellScope): void {
  // Only here: in such a function every name is looked up slowly.
  if (scope.hasShadow(Object.keys(names)) || scope.hasShadow(uses)) {
    vm.compileFunction(code, [], { filename, contextExtensions: [scope.shadows] })();
    return;
  }
  const importModuleDynamically = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER as never;
  new vm.Script(code, { filename, importModuleDynamically }).runInThisContext();
}
