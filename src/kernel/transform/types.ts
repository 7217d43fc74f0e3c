/** A cell as the transform leaves it: plain script code, positions kept, ready for the evaluator. Plain data: it can be posted to another thread. */
export interface TransformedCell {
  /** All but the functions. */
  code: string;
  /** Function declarations of the top level, which are there before anything runs. */
  functions: HoistedFunction[];
  /** Columns that were put before the first line; a stack frame on line 1 is that much too far right. */
  prefixLength: number;
  /** Imports that run before the cell's first line, in order: each to which column of the prefix, and where it is written. */
  hoisted: { until: number; line: number; column: number }[];
  /** Where columns moved within a line. `originalPosition` reads it. */
  shifts: ColumnShift[];
  /** Values that the cell declares at its top level, functions and imports included. */
  names: Record<string, NameKind>;
  /** Types only: interfaces, aliases. */
  types: string[];
  /** Values that the cell mentions, its own and others'. */
  uses: string[];
  /** Imports that this cell uses as types only: loaded when a later cell uses the name as a value. */
  deferredImports: DeferredImport[];
  /** True when the cell awaits at its top level, or imports. */
  isAsync: boolean;
}

/** Its code belongs at this place of the cell's code, where spaces stand for it. Both from 0. */
export interface HoistedFunction {
  name: string;
  code: string;
  line: number;
  column: number;
}

/**
 * How a name behaves: `var` (enums and namespaces as well) is there from the start, `let` (classes as well) and `const`
 * (imports and `using` as well) from their declaration on, a `function` with its value from the start.
 */
export type NameKind = 'var' | 'let' | 'const' | 'function';

/** `length` characters were added before `column` of `line` (both from 1, of the learner's source); negative if removed. */
export interface ColumnShift {
  line: number;
  column: number;
  length: number;
}

export interface DeferredImport {
  name: string;
  source: string;
  /** `default`, `*`, or the name in the module. */
  imported: string;
}
