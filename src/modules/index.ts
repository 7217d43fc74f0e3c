export { importFrom, importTypeScript, installTypeScriptLoader, resolveFrom } from './loader.ts';
export { findFile } from './local-files.ts';
export { packageDirectory } from './package.ts';
export { type CompileOptions, compileStatement, isHard } from './typescript/compile.ts';
export { Edits, type Shift } from './typescript/edits.ts';
export {
  type EraseOptions,
  type FunctionScope,
  isTypeStatement,
  type NameUses,
  TypeEraser,
} from './typescript/erase-types.ts';
export { helpers } from './typescript/helpers.ts';
export { parseTypeScript } from './typescript/parse.ts';
export { sourcePlace } from './typescript/source-place.ts';
export { skipTrivia } from './typescript/trivia.ts';
export { isUsing, UsingLowering } from './typescript/using.ts';
export { childrenOf, someNode } from './typescript/walk.ts';
