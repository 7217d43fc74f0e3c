/** A cell as the transform leaves it: plain script code, positions kept, ready for `evaluateCell`. */
export interface TransformedCell {
  code: string;
  /** Columns that were put before the first line; a stack frame on line 1 is that much too far right. */
  prefixLength: number;
  /** Values that the cell declares at its top level. */
  names: string[];
  /** Types only: interfaces, aliases. */
  types: string[];
  /** True when the cell awaits at its top level, or imports. */
  isAsync: boolean;
}
