export { importFrom, importTypeScript, installTypeScriptLoader, resolveFrom } from './loader.ts';
export { findFile } from './local-files.ts';
export { packageDirectory } from './package.ts';
export { type CompileOptions, compileHardSyntax } from './typescript/compile.ts';
export { Edits, type Shift } from './typescript/edits.ts';
export { type EraseOptions, isTypeStatement, type NameUses, TypeEraser } from './typescript/erase-types.ts';
export { helpers } from './typescript/helpers.ts';
export { sourcePlace } from './typescript/source-place.ts';
export { UsingLowering } from './typescript/using.ts';
