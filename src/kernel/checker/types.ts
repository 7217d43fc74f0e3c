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

export interface Documentation {
  /** Markdown. */
  text: string;
  /** Why not to use it, or what instead; may be empty. */
  deprecated?: string | undefined;
  parameters: { name: string; text: string }[];
  returns?: string | undefined;
  throws: string[];
  /** Code, or Markdown with code. */
  examples: string[];
  /** Other tags that tell a reader something, such as `see`. */
  tags: { name: string; text: string }[];
}

/** Where something was declared, and how. */
export interface Definition {
  /** The name of an earlier cell, or empty for the cell that is asked about. */
  cell?: string | undefined;
  /** The path of a file, from the notebook's folder or within the folder of packages. */
  file?: string | undefined;
  line?: number | undefined;
  code: string;
}

export interface Description {
  /** As in a hover: `const x: number`. Of what is called, with the types that this call gives. */
  text: string;
  documentation: Documentation;
  /** Where it was declared and how; only if asked for. */
  definition?: Definition | undefined;
}

/** What is at a place of a cell: a name, the parentheses of a call, or both. */
export interface Inspection {
  /** `path` leads to the value of a name of an earlier cell: the name, and properties of what it names; only if asked for. */
  name?: (Description & { path?: string[] | undefined }) | undefined;
  /** `parameter` is the one that is being written, such as `values: number[]`. */
  call?: (Description & { parameter?: string | undefined }) | undefined;
}

/** As Jupyter counts them: 1 brings the definition. */
export type DetailLevel = 0 | 1;

/** The type checker of one notebook. Answers in the order of the calls; it lives in a thread of its own. */
export interface Checker {
  /** Resolves when the first check would be fast. */
  ready: Promise<void>;
  /** Checks a cell against all committed cells. */
  check(source: string): Promise<Diagnostic[]>;
  /** Makes the cell's top-level names visible to later cells. */
  commit(source: string, cellName: string): Promise<void>;
  complete(source: string, offset: number): Promise<CompletionResult>;
  inspect(source: string, offset: number, detail?: DetailLevel): Promise<Inspection | undefined>;
  /** Gives up a check that takes long; its promise rejects. */
  interrupt(): void;
  /** TypeScript's process may have received a signal that was meant for the kernel. */
  onSignal(): void;
  dispose(): Promise<void>;
}
