/** What the kernel gives every cell: `user/prompt.ts`. */
export const KERNEL_GLOBALS = `
/** Asks the reader of the notebook, and waits for the answer. */
declare function prompt(text?: unknown): string;
/** Asks the reader of the notebook; with \`password\`, what is typed is not shown. */
declare function input(text?: unknown, options?: { password?: boolean }): Promise<string>;
`;

/** What Node has and neither the library of ECMAScript nor the types of Node declare; the library of browsers does. */
export const NODE_GLOBALS = `
declare namespace WebAssembly {
  type ImportValue = ((...values: any[]) => any) | Global | Memory | Table | number;
  type Imports = Record<string, Record<string, ImportValue>>;
  class Module { constructor(bytes: ArrayBuffer | ArrayBufferView); }
  class Instance { constructor(module: Module, imports?: Imports); readonly exports: Record<string, any>; }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(descriptor: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number });
    readonly length: number;
    get(index: number): any;
    set(index: number, value?: any): void;
    grow(count: number, value?: any): number;
  }
  class Global {
    constructor(descriptor: { value: 'i32' | 'i64' | 'f32' | 'f64' | 'externref'; mutable?: boolean }, value?: any);
    value: any;
    valueOf(): any;
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  function validate(bytes: ArrayBuffer | ArrayBufferView): boolean;
  function compile(bytes: ArrayBuffer | ArrayBufferView): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function instantiate(
    bytes: ArrayBuffer | ArrayBufferView,
    imports?: Imports,
  ): Promise<{ module: Module; instance: Instance }>;
}
`;
