/** The displays of the module `learnable/kernel`. The checker reads the declarations built from this file. */
import { randomUUID } from 'node:crypto';
import { bundleOf } from '../../../display/bundle.ts';
import { alreadyShown, displayChannel, holdCellFor, type MimeBundle } from '../../../display/channel.ts';
import { contentOf, imageBundle } from '../../../display/content.ts';
import {
  progress as drawProgress,
  progressBar as drawProgressBar,
  type ProgressBar,
  type ProgressOptions,
} from '../../../display/progress.ts';
import { anyTable } from '../../../display/rows.ts';
import type { TableOptions } from '../../../display/table.ts';
import { plainText, shortText } from '../../../display/text.ts';
import { withStillPicture } from '../forms.ts';

export type { ProgressBar, ProgressOptions } from '../../../display/progress.ts';
export type { TableOptions } from '../../../display/table.ts';

/** What was displayed, to be redrawn in place: at most 25 times a second, the last one always. */
export interface Displayed {
  update(value: unknown): void;
}

export interface DisplayFunction {
  /** Shows anything as the value of a cell is shown, in the midst of a cell. */
  (value: unknown): Displayed;
  html(content: string): Displayed;
  markdown(content: string): Displayed;
  /** LaTeX: formulas between dollar signs. */
  latex(content: string): Displayed;
  svg(content: string): Displayed;
  javascript(content: string): Displayed;
  /** A PNG, JPEG, GIF or WebP image from its bytes. */
  image(content: Uint8Array | ArrayBuffer): Displayed;
  /** A table of a data frame, a list of objects or a list of lists, with as many rows and columns as you want to see. */
  table(rows: object, options?: TableOptions): Displayed;
  /** A tree that can be folded. */
  json(content: unknown, options?: { expanded?: boolean }): Displayed;
  /** Any MIME type: text as a string, JSON types as an object, all else as bytes. */
  raw(mimeType: string, content: string | Uint8Array | object, metadata?: Record<string, unknown>): Displayed;
}

/**
 * Shows a value below the cell. With a method of its name each kind of content; their `update` takes the same kind.
 *
 * @example
 * const place = display.latex('$x^2$');
 * place.update('$x^3$');
 */
export const display: DisplayFunction = Object.assign((value: unknown) => place(value, plainly), {
  html: as('html', 'text/html'),
  markdown: as('markdown', 'text/markdown'),
  latex: as('latex', 'text/latex'),
  svg: as('svg', 'image/svg+xml'),
  javascript: as('javascript', 'text/javascript'),
  image: (content: unknown) => place(content, value => ({ data: imageBundle('display.image', value) })),
  table: (rows: unknown, options: TableOptions = {}) => place(rows, value => ({ data: tableOf(value, options) })),
  json: (content: unknown, options: { expanded?: boolean } = {}) => place(content, value => jsonParts(value, options)),
  raw: (mimeType: string, content: unknown, metadata: Record<string, unknown> = {}) =>
    place(content, value => ({
      data: withStillPicture({ [mimeType]: contentOf(`display.raw('${mimeType}')`, mimeType, value) }),
      metadata: { [mimeType]: metadata },
    })),
});

/** Empties the output of the cell; with `wait`, only when the next output arrives. */
export function clearOutput(wait: boolean = false): void {
  displayChannel()?.clearOutput(wait);
}

/**
 * Gives the items one by one, and draws a bar of how far they have come; a number stands for 0, 1, … below it.
 *
 * @example for (const row of progress(rows, { label: 'Reading' })) { … }
 */
export function progress(items: number, options?: ProgressOptions): Generator<number>;
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Generator<T>;
export function progress<T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncGenerator<T>;
export function progress(items: number | Iterable<unknown> | AsyncIterable<unknown>, options?: ProgressOptions) {
  return drawProgress(redrawing(), items, options) as never;
}

/** A progress bar that is moved by hand. */
export function progressBar(options?: ProgressOptions): ProgressBar {
  return drawProgressBar(redrawing(), options);
}

interface Parts {
  data: MimeBundle | Promise<MimeBundle>;
  metadata?: Record<string, unknown>;
}

function plainly(value: unknown): Parts {
  const bundle = bundleOf(value);
  return { data: bundle instanceof Promise ? bundle.then(withStillPicture) : withStillPicture(bundle) };
}

function as(name: string, mimeType: string) {
  return (content: unknown) =>
    place(content, value => ({ data: { [mimeType]: contentOf(`display.${name}`, mimeType, value) } }));
}

function tableOf(value: unknown, options: TableOptions): MimeBundle {
  const table = anyTable(value, options);
  if (table) return table;
  throw new TypeError(`display.table: expected a data frame or an array of rows, received ${shortText(value)}`);
}

function jsonParts(value: unknown, options: object): Parts {
  // A text is a value like others here, not JSON that is yet to be read.
  const content = typeof value === 'string' ? JSON.stringify(value) : value;
  const type = 'application/json';
  return {
    data: { [type]: contentOf('display.json', type, content), 'text/plain': plainText(value) },
    metadata: { [type]: options },
  };
}

function place(first: unknown, partsOf: (value: unknown) => Parts): Displayed {
  const draw = redrawing();
  let version = 0;
  const show = (value: unknown) => {
    const mine = ++version;
    const { data, metadata } = partsOf(value);
    if (!(data instanceof Promise)) return draw(data, metadata);
    if (mine === 1) draw({ 'text/plain': '…' }); // takes its place now
    const drawing = data.then(ready => {
      if (mine === version) draw(ready, metadata);
    });
    holdCellFor(drawing);
  };
  show(first);
  return alreadyShown({ update: show });
}

function redrawing(): (data: MimeBundle, metadata?: Record<string, unknown>) => void {
  const displayId = randomUUID();
  let update = false;
  return (data, metadata) => {
    displayChannel()?.display(data, { displayId, update, metadata });
    update = true;
  };
}
