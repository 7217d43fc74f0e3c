/** The language half of the kernel. */
import vm from 'node:vm';
import { transform } from 'oxc-transform';
import type { Checker } from './checker/types.ts';
import type { TransformedCell } from './transform/types.ts';

export interface Evaluator {
  run(cell: TransformedCell, options: { filename: string }): Promise<{ value: unknown; hasValue: boolean }>;
}

// Stands in until the real ones are here.
export function transformCell(source: string): TransformedCell {
  const code = transform('cell.ts', `async function f(){${source}\n}`).code.replace(
    /^async function f\(\) \{|\}\s*$/g,
    '',
  );
  const isAsync = /\bawait\b/.test(code);
  return {
    code: isAsync ? `(async () => {${code}})()` : code.replace(/^\s*(const|let) /gm, 'var '),
    prefixLength: 0,
    names: [],
    types: [],
    isAsync,
  };
}

export function createEvaluator(_: { directory: string; virtualModules: Record<string, unknown> }): Evaluator {
  return {
    async run(cell, { filename }) {
      const value = await vm.runInThisContext(cell.code, {
        filename,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      return { value, hasValue: value !== undefined };
    },
  };
}

export function createChecker(_: { directory: string }): Checker {
  return {
    ready: Promise.resolve(),
    check: async () => [],
    commit: async () => {},
    complete: async (_, offset) => ({ start: offset, end: offset, items: [] }),
    inspect: async () => undefined,
    dispose: async () => {},
  };
}

export function isComplete(_: string): { status: 'complete' | 'incomplete' | 'invalid' | 'unknown'; indent?: string } {
  return { status: 'complete' };
}
