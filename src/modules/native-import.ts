import vm from 'node:vm';

type Import = (specifier: string, options?: ImportCallOptions) => Promise<Record<string, unknown>>;

const importNatively = vm.compileFunction(
  'return options === undefined ? import(specifier) : import(specifier, options)',
  ['specifier', 'options'],
  { importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER as never },
) as Import;

/** `import()` by Node itself, whatever a test runner or a bundler makes of the keyword. */
export const nativeImport: Import = (specifier, options) => {
  // Node calls the loader of a compiled function experimental, once, on the learner's page.
  const { emitWarning } = process;
  process.emitWarning = (() => {}) as typeof emitWarning;
  try {
    return importNatively(specifier, options);
  } finally {
    process.emitWarning = emitWarning;
  }
};
