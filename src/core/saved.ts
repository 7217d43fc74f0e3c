import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from './atomic-write.ts';
import { describe, LearnableError, mismatch } from './errors.ts';
import type { Fitted, Label } from './estimator.ts';
import { assertNumber, type Bounds } from './shape.ts';

/** Writes a model as JSON; folders on the way are made. */
export async function saveModel(where: string, model: Fitted, file: string): Promise<void> {
  if (typeof model?.toJSON !== 'function' || typeof model.kind !== 'string')
    throw mismatch({ where, expected: 'a fitted model', received: describe(model) });
  assertPath(where, file);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, `${JSON.stringify(model.toJSON())}\n`);
  } catch (cause) {
    throw new LearnableError(`${where}: '${file}' could not be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

/** How a model comes back from its file, by its kind. */
export type Restorers = Readonly<Record<string, (saved: SavedFields) => Fitted>>;

/** Reads a model and has the restorer of its kind check it and put it together. */
export async function loadModel(where: string, file: string, kind: string | undefined, restorers: Restorers) {
  assertPath(where, file);
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new LearnableError(`${where}: '${file}' could not be read: ${reason}.`, { cause });
  });
  const saved = new SavedFields(`${where}: ${describe(path.basename(file))}`, parse(where, file, text));
  return restoreModel(where, saved, kind, restorers);
}

export function restoreModel(
  where: string,
  saved: SavedFields,
  kind: string | undefined,
  restorers: Restorers,
): Fitted {
  const restore = Object.hasOwn(restorers, saved.kind) ? restorers[saved.kind] : undefined;
  if (!restore || (kind !== undefined && kind !== saved.kind))
    throw mismatch({
      where,
      expected: kind === undefined ? `a model of the kinds ${Object.keys(restorers).join(', ')}` : `a '${kind}' model`,
      received: `one of the kind '${saved.kind}'`,
      hint: restore ? undefined : 'supervised.load and unsupervised.load each read what their own models saved.',
    });
  return restore(saved);
}

function parse(where: string, file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LearnableError(`${where}: '${file}' is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function assertPath(where: string, file: unknown): asserts file is string {
  if (typeof file === 'string' && file !== '') return;
  throw mismatch({ where, expected: "the path of a file, such as 'model.json'", received: describe(file) });
}

/** The fields of a saved model, each checked as it is read: a file may have been cut or changed. */
export class SavedFields {
  readonly kind: string;
  readonly features: string[];
  readonly #where: string;
  readonly #fields: Record<string, unknown>;

  constructor(where: string, content: unknown) {
    this.#where = where;
    const fields = content as Record<string, unknown> | null;
    if (fields === null || typeof fields !== 'object' || fields.format !== 'learnable model')
      throw mismatch({ where, expected: 'a model that learnable saved', received: describe(content) });
    if (fields.version !== 1)
      throw mismatch({
        where,
        expected: 'version 1 of the format',
        received: describe(fields.version),
        hint: 'It was saved by another version of learnable: fit the model again, or use that version.',
      });
    this.#fields = fields;
    this.kind = this.text('kind');
    this.features = this.texts('features');
    if (this.features.length === 0) this.#fail('features', 'at least one name');
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name);
  }

  number(name: string, bounds: Bounds = {}): number {
    const value = this.#fields[name];
    assertNumber(`${this.#where}: '${name}'`, value, bounds);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#fields[name];
    return typeof value === 'boolean' ? value : this.#fail(name, 'true or false');
  }

  text(name: string): string {
    const value = this.#fields[name];
    return typeof value === 'string' ? value : this.#fail(name, 'a text');
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#fields[name] as T;
    return choices.includes(value) ? value : this.#fail(name, `one of ${choices.join(', ')}`);
  }

  texts(name: string): string[] {
    const value = this.#fields[name];
    const isTexts = Array.isArray(value) && value.every(entry => typeof entry === 'string');
    return isTexts ? value : this.#fail(name, 'a list of texts');
  }

  /** Classes: at least two, all names or all numbers. */
  labels(name = 'classes'): Label[] {
    const value = this.#fields[name];
    const isLabels =
      Array.isArray(value) &&
      value.length >= 2 &&
      ['string', 'number'].includes(typeof value[0]) &&
      value.every(entry => typeof entry === typeof value[0]);
    return isLabels ? value : this.#fail(name, 'a list of at least two classes');
  }

  /** Finite numbers, of this length if one is given. */
  numbers(name: string, length?: number): number[] {
    return this.#numbers(name, this.#fields[name], length);
  }

  /** Whole numbers from 0 (or `least`) to below `count`. */
  places(name: string, count: number, { length, least = 0 }: { length?: number; least?: number } = {}): number[] {
    const value = this.#fields[name];
    const isPlace = (place: unknown) =>
      Number.isInteger(place) && (place as number) >= least && (place as number) < count;
    const isList = Array.isArray(value) && value.length > 0 && (length === undefined || value.length === length);
    if (isList && value.every(isPlace)) return value;
    return this.#fail(name, `${length ?? 'a list of'} whole numbers from ${least} to ${count - 1}`);
  }

  /** Rows of finite numbers, all of `columns` length. */
  matrix(name: string, rows: number | undefined, columns: number): number[][] {
    const value = this.#fields[name];
    if (!Array.isArray(value) || value.length === 0 || (rows !== undefined && value.length !== rows))
      return this.#fail(name, `${rows ?? 'a list of'} rows of ${columns} numbers`);
    return value.map((row, i) => this.#numbers(`${name}[${i}]`, row, columns));
  }

  /** A field that its own kind knows how to check; `check` gives what was wrong. */
  checked<T>(name: string, expected: string, check: (value: unknown) => value is T): T {
    const value = this.#fields[name];
    return check(value) ? value : this.#fail(name, expected);
  }

  #numbers(name: string, value: unknown, length: number | undefined): number[] {
    const isNumbers =
      Array.isArray(value) && (length === undefined || value.length === length) && value.every(Number.isFinite);
    return isNumbers ? value : this.#fail(name, `${length ?? 'a list of'} finite numbers`, value);
  }

  #fail(name: string, expected: string, value = this.#fields[name]): never {
    throw mismatch({
      where: `${this.#where}: '${name}'`,
      expected,
      received: describe(value),
      hint: 'The file was changed or cut: save the model again.',
    });
  }
}
