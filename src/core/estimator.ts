import { DISPLAY, type Displayable, type MimeBundle } from '../display/channel.ts';
import { printsAsText } from '../display/printed.ts';
import { type TableView, tableBundle } from '../display/table.ts';
import type { Features } from './dense.ts';

/** A class: its name or its number. */
export type Label = string | number;

/**
 * What every fitted model is. Fitting gives it, and nothing exists unfitted. What it learned can be read and not
 * changed; it keeps plain numbers, no tensors, so there is nothing to dispose.
 */
export interface Fitted extends Displayable {
  /** Which model it is, as in its file. */
  readonly kind: string;
  /** The names of the columns that it was fitted on; x0, x1, … where they had none. */
  readonly features: readonly string[];
  /** All that is needed to have it back, as plain data. */
  toJSON(): SavedModel;
}

/** Says something about each row: a class, a number, a cluster. */
export interface Predictor<Prediction> extends Fitted {
  /** x: (rows, features) → one prediction a row. */
  predict(x: Features): Prediction[];
}

/** Gives other numbers for the numbers of each row. */
export interface Transformer extends Fitted {
  /** x: (rows, features) → (rows, outputs). */
  transform(x: Features): number[][];
}

/** A model's file: JSON with these fields and those of its kind. */
export interface SavedModel {
  readonly format: 'learnable model';
  readonly version: 1;
  readonly kind: string;
  readonly features: readonly string[];
  readonly [field: string]: unknown;
}

/** How a model shows itself: a line, and its numbers as a table. */
export interface ModelView {
  caption: string;
  table?: TableView;
}

/**
 * Puts a fitted model together: freezes it with all that it holds, and gives it its file's form and its display.
 * `learned` names what the file needs beside kind and features.
 */
export function createFitted<Members extends { readonly kind: string; readonly features: readonly string[] }>(
  members: Members,
  learned: () => Record<string, unknown>,
  view: () => ModelView,
): Members & Fitted {
  const { kind, features } = members;
  const toJSON = (): SavedModel => ({ format: 'learnable model', version: 1, kind, features, ...learned() });
  const model = { ...members, toJSON };
  Object.defineProperty(model, DISPLAY, { value: () => bundle(view()) });
  printsAsText(model as unknown as Displayable);
  return deepFreeze(model) as unknown as Members & Fitted;
}

function bundle({ caption, table }: ModelView): MimeBundle {
  return table ? tableBundle(table, { caption }) : { 'text/plain': caption };
}

/** Typed arrays cannot be frozen: a model keeps them to itself and shows lists. */
export function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
  Object.freeze(value);
  // Rows of numbers are frozen without a look at each of them.
  if (Array.isArray(value) && typeof value[0] === 'number') return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

/** What a model says of itself in its caption: `4 features` or `1 feature`. */
export function countOf(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? noun : plural}`;
}
