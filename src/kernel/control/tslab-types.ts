/** What the checker knows of the module `tslab`, which exists in the kernel only. The module itself: `user/tslab.ts`. */
export const TSLAB_TYPES = `export interface Display {
  html(content: string): void;
  javascript(content: string): void;
  markdown(content: string): void;
  /** LaTeX, formulas between dollar signs. */
  latex(content: string): void;
  svg(content: string): void;
  text(content: string): void;
  png(content: Uint8Array | ArrayBuffer): void;
  jpeg(content: Uint8Array | ArrayBuffer): void;
  gif(content: Uint8Array | ArrayBuffer): void;
  pdf(content: Uint8Array | ArrayBuffer): void;
  /** Text as a string, JSON types as an object, all else as bytes. */
  raw(mimeType: string, content: string | Uint8Array | ArrayBuffer | object): void;
  /** Not in stock tslab. */
  webp(content: Uint8Array | ArrayBuffer): void;
  /** An image of any of these kinds. Not in stock tslab. */
  image(content: Uint8Array | ArrayBuffer): void;
  /** A tree that can be folded. Not in stock tslab. */
  json(content: unknown, options?: { expanded?: boolean; root?: string }): void;
  /** Anything, as the value of a cell is shown. Not in stock tslab. */
  value(value: unknown): void | Promise<void>;
}
export declare const display: Display;
/** A display that redraws itself in place on each call after the first, at most 25 times a second. */
export declare function newDisplay(): Display;
export declare const versions: { tslab: string; typescript: string; node: string };
export interface ProgressOptions {
  /** Stands before the numbers. */
  label?: string;
  /** How many steps there will be; the length of a list is known. Without it the bar only counts. */
  total?: number;
}
/**
 * Gives the items one by one and draws a bar of how far they have come; a number stands for 0, 1, … below it.
 * Not in stock tslab.
 * @example for (const row of progress(rows, { label: 'Reading' })) …
 */
export declare function progress(items: number, options?: ProgressOptions): Generator<number>;
export declare function progress<T>(items: Iterable<T>, options?: ProgressOptions): Generator<T>;
export declare function progress<T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncGenerator<T>;
/** A progress bar that is moved by hand. Not in stock tslab. */
export declare function progressBar(options?: ProgressOptions): {
  step(count?: number): void;
  update(done: number): void;
  end(): void;
};
`;
