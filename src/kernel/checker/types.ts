/** What the checker answers. Offsets are UTF-16 code units in the cell's own source; lines and columns start at 1. */

export interface Diagnostic {
  code: number;
  category: 'error' | 'warning';
  message: string;
  start: number;
  length: number;
  line: number;
  column: number;
  related: { message: string; line?: number; column?: number; cell?: string; file?: string }[];
}

export interface Completion {
  /** The text to insert. */
  text: string;
  /** As Lab draws it: function, class, instance, property, keyword, module, interface, type … */
  type: string;
  /** Type of the symbol, where it is cheap to have. */
  signature?: string;
}

export interface CompletionResult {
  start: number;
  end: number;
  items: Completion[];
}

export interface Inspection {
  /** As in a hover: `const x: number`. */
  signature: string;
  /** Markdown of the doc comment. */
  documentation: string;
}

/** The type checker of one notebook. Answers in the order of the calls; it lives in a thread of its own. */
export interface Checker {
  /** Resolves when the first check would be fast. */
  ready: Promise<void>;
  /** Checks a cell against all committed cells. */
  check(source: string): Promise<Diagnostic[]>;
  /** Makes the cell's top-level names visible to later cells. */
  commit(source: string, cellName: string): Promise<void>;
  complete(source: string, offset: number): Promise<CompletionResult>;
  inspect(source: string, offset: number): Promise<Inspection | undefined>;
  /** Gives up a check that takes long; its promise rejects. */
  interrupt(): void;
  /** TypeScript's process may have received a signal that was meant for the kernel. */
  onSignal(): void;
  dispose(): Promise<void>;
}
