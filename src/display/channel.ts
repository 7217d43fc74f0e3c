/**
 * The one thing that the kernel and the library agree on: how a value reaches the page.
 * The kernel installs a channel on `globalThis`; the library finds it there, or does without.
 */

import { type InspectOptions, inspect, types } from 'node:util';

/** MIME type → content: text as a string, `…+json` as an object, binary as a base64 string. */
export type MimeBundle = Record<string, unknown>;

export interface DisplayOptions {
  metadata?: Record<string, unknown>;
  /** Names the display, so that a later call with `update` redraws it in place. */
  displayId?: string;
  /** Redraw the displays that carry `displayId`, rather than add one. */
  update?: boolean;
}

export interface DisplayChannel {
  display(bundle: MimeBundle, options?: DisplayOptions): void;
  /** Empties the cell's output; with `wait`, only when the next output arrives. */
  clearOutput(wait?: boolean): void;
  /** What the kernel knows to draw beside all that `bundleOf` knows; undefined for any other value. */
  draw?(value: object): MimeBundle | Promise<MimeBundle> | undefined;
  /** Aborted when the running cell is interrupted. Each cell has its own. */
  readonly signal: AbortSignal;
}

const KEY = Symbol.for('learnable.display');

/** A value with this method decides how it is shown; the same symbol as in Deno's kernel. */
export const DISPLAY = Symbol.for('Jupyter.display');

export interface Displayable {
  [DISPLAY](): MimeBundle | Promise<MimeBundle>;
}

export function isDisplayable(value: unknown): value is Displayable {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as Partial<Displayable>)[DISPLAY] === 'function'
  );
}

const SHOWN = Symbol.for('learnable.display.shown');

/** What a call that shows something gives back: as the value of a cell it is not shown once more. */
export function alreadyShown<T extends object>(value: T): T {
  Object.defineProperty(value, SHOWN, { value: true });
  const printed = (depth: number, options: InspectOptions) => (depth === options.depth ? '' : '[shown]');
  return Object.defineProperty(value, inspect.custom, { value: printed });
}

export function isAlreadyShown(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !types.isProxy(value) && Object.hasOwn(value, SHOWN);
}

export function installDisplayChannel(channel: DisplayChannel): void {
  Object.defineProperty(globalThis, KEY, { value: channel, configurable: true });
}

/** The channel of the kernel that runs this code; undefined outside a notebook. */
export function displayChannel(): DisplayChannel | undefined {
  return (globalThis as Record<symbol, unknown>)[KEY] as DisplayChannel | undefined;
}

const PENDING = Symbol.for('learnable.display.pending');

/** What still waits to be shown. On `globalThis`, like the channel, so that kernel and library share it. */
function pendingDisplays(): Set<Deliver> {
  const holder = globalThis as { [PENDING]?: Set<Deliver> };
  if (!holder[PENDING]) Object.defineProperty(holder, PENDING, { value: new Set() });
  return holder[PENDING]!;
}

/** What it returns is awaited. */
type Deliver = () => unknown;

/**
 * Has `deliver` called once, when the cell ends at the latest: outputs that come later are lost to clients that stop
 * reading at "idle". The returned function takes it back.
 */
export function beforeCellEnds(deliver: Deliver): () => void {
  const pending = pendingDisplays();
  pending.add(deliver);
  return () => {
    pending.delete(deliver);
  };
}

/** The cell ends only when `drawing` has ended, one way or the other. */
export function holdCellFor(drawing: Promise<unknown>): void {
  const forget = beforeCellEnds(() => drawing);
  drawing.then(forget, forget);
}

/** For the kernel, at the end of each cell, whether it failed or not. Never throws. */
export async function deliverPendingDisplays(): Promise<void> {
  const pending = pendingDisplays();
  while (pending.size > 0) {
    const drawings: unknown[] = [];
    for (const deliver of [...pending]) {
      pending.delete(deliver);
      try {
        drawings.push(deliver());
      } catch (error) {
        process.emitWarning(`A display could not be delivered: ${error}`, 'LearnableWarning');
      }
    }
    await Promise.allSettled(drawings);
  }
}
