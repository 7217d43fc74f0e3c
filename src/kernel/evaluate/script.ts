import vm from 'node:vm';
import type { HoistedFunction, TransformedCell } from '../transform/index.ts';
import type { CellScope } from './scope.ts';

const STRICT = '"use strict";';

/** Runs the code of a cell as a script, its functions first. */
export function runScript(cell: TransformedCell, filename: string, scope: CellScope): void {
  const { code, functions, names, uses } = cell;
  // Only here: in code that sees the shadows every name is looked up slowly.
  const seesShadows = scope.hasShadow(Object.keys(names)) || scope.hasShadow(uses);
  for (const declared of functions) {
    if (seesShadows)
      scope.define(declared.name, { value: functionInShadows(declared, filename, scope), writable: true });
    else runInGlobal(STRICT + declared.code, placed(declared, filename, STRICT));
  }
  if (seesShadows) vm.compileFunction(code, [], { filename, contextExtensions: [scope.shadows] })();
  else runInGlobal(code, { filename });
}

/** As a script, which makes the function a global that calls itself by what its name is now. */
function runInGlobal(code: string, options: vm.ScriptOptions): void {
  const importModuleDynamically = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER as never;
  new vm.Script(code, { ...options, importModuleDynamically }).runInThisContext();
}

function functionInShadows(declared: HoistedFunction, filename: string, { shadows }: CellScope): unknown {
  const begin = `${STRICT}return `;
  const options = { ...placed(declared, filename, begin), contextExtensions: [shadows] };
  return vm.compileFunction(begin + declared.code, [], options)();
}

/** So that its columns are those of the cell's code. */
function placed({ line, column }: HoistedFunction, filename: string, begin: string) {
  return { filename, lineOffset: line, columnOffset: column - begin.length };
}
