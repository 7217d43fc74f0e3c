import vm from 'node:vm';

/** `import()` by Node itself, whatever a test runner or a bundler makes of the keyword. */
export const nativeImport = vm.compileFunction(
  'return options === undefined ? import(specifier) : import(specifier, options)',
  ['specifier', 'options'],
  { importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER as never },
) as (specifier: string, options?: ImportCallOptions) => Promise<Record<string, unknown>>;
