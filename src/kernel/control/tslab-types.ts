/** What the checker knows of the module `tslab`, which exists in the kernel only. The module itself: `user/tslab.ts`. */
export const TSLAB_TYPES = `export interface Display {
  html(content: string): void;
  javascript(content: string): void;
  markdown(content: string): void;
  svg(content: string): void;
  text(content: string): void;
  png(content: Uint8Array): void;
  jpeg(content: Uint8Array): void;
  gif(content: Uint8Array): void;
  pdf(content: Uint8Array): void;
  raw(mimeType: string, content: string | Uint8Array): void;
}
export declare const display: Display;
/** A display that redraws itself in place on each call after the first. */
export declare function newDisplay(): Display;
`;
