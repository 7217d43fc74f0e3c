import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DataFrame } from 'danfojs-node';
import papaparse from 'papaparse';
import { describe, LearnableError, mismatch } from '../core/index.ts';
import type { Column, Dataset } from './catalogue/dataset.ts';
import { type DatasetName, entryOf } from './catalogue/index.ts';
import { createFrame } from './frame.ts';

/** Beside `src/` and `dist/`, wherever the package lies: not in the working directory. */
const DATASETS = new URL('../../datasets/', import.meta.url);
const MISSING = ['', 'NA'];

/**
 * Loads a dataset of the catalogue as a danfojs DataFrame. Missing values are NaN in columns of numbers and null in all
 * others. Each call gives a new frame.
 *
 * Throws on an unknown name, and when the file is missing or is not the file of the catalogue, by its SHA-256.
 *
 * @example const penguins = await data.load('penguins');
 */
export async function load(name: DatasetName): Promise<DataFrame> {
  const dataset = entryOf('data.load(name)', name);
  return parseDataset(`data.load('${name}')`, dataset, await readVerified(name, dataset));
}

/** The file's text, if its bytes are those that the catalogue promises. */
export async function readVerified(name: string, dataset: Dataset, folder: URL = DATASETS): Promise<string> {
  const path = fileURLToPath(new URL(dataset.file, folder));
  const restore = `Restore it with: git checkout -- datasets/${name} (or download learnable anew).`;
  const fail = (received: string, hint: string, cause?: unknown) =>
    new LearnableError(
      `data.load('${name}'): expected the file ${path} with SHA-256 ${dataset.sha256}, received ${received}.`,
      { hint, cause },
    );

  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw fail(cause.code === 'ENOENT' ? 'no such file' : `an error: ${cause.message}`, restore, cause);
  });
  const received = sha256(bytes);
  if (received === dataset.sha256) return bytes.toString('utf8');

  const text = bytes.toString('utf8');
  const newlinesChanged = sha256(text.replaceAll('\r\n', '\n')) === dataset.sha256;
  throw fail(
    `${received}${bytes.length === 0 ? ' (the file is empty)' : ''}`,
    newlinesChanged ? `Only its line ends were changed, by git or an editor. ${restore}` : `It was changed. ${restore}`,
  );
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Comma-separated text to a frame, its columns as the catalogue describes them. */
export function parseDataset(where: string, dataset: Dataset, text: string): DataFrame {
  const { data: lines } = papaparse.parse<string[]>(text, { skipEmptyLines: true });
  const [header = [], ...body] = lines;
  const names = dataset.columns.map(column => column.name);
  if (header.join() !== names.join())
    throw mismatch({ where, expected: `the columns ${names.join(', ')}`, received: header.join(', ') });

  const missing = new Set(dataset.missing ?? MISSING);
  const rows = body.map((line, row) =>
    dataset.columns.map((column, place) => parseCell(where, column, line[place] ?? '', missing, row)),
  );
  return createFrame(names, rows);
}

function parseCell(where: string, column: Column, text: string, missing: ReadonlySet<string>, row: number): unknown {
  const isNumber = column.content === 'number';
  if (missing.has(text)) return isNumber ? Number.NaN : null;
  if (!isNumber) return text;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw mismatch({ where, expected: `a number in '${column.name}', row ${row}`, received: describe(text) });
}
