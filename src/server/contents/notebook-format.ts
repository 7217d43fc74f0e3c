import JSON5 from 'json5';
import { HttpError } from '../http/errors.ts';

/** A notebook of nbformat 4, checked by `checkNotebook`; what is not named here passes through unchanged. */
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown>;
  cells: Cell[];
  [key: string]: unknown;
}

export interface Cell {
  cell_type: string;
  source: string | string[];
  metadata: Record<string, unknown>;
  outputs?: Record<string, unknown>[];
  attachments?: Record<string, unknown>;
  [key: string]: unknown;
}

const EMPTY = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

/** Reads what is on disk; an empty file is an empty notebook. Multi-line strings come out joined, as the API has them. */
export function readNotebook(bytes: Uint8Array, apiPath: string): Notebook {
  const unreadable = (why: string) =>
    new HttpError(400, `Unreadable Notebook: ${apiPath}: ${why} The file was not changed.`, 'unreadable notebook');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('it is not UTF-8 text.');
  }
  if (text.trim() === '') return structuredClone(EMPTY);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(explainSyntax(text, error as SyntaxError));
  }
  const problem = findProblem(value);
  if (problem !== undefined) throw unreadable(problem);
  return mapMultiline(value as Notebook, join);
}

/**
 * What is written to disk, in the layout of nbformat: keys sorted, one space of indentation, multi-line strings as
 * arrays of lines, a newline at the end, so that a change of one line is a diff of one line.
 * @throws HttpError 400 when the model is not a notebook.
 */
export function writeNotebook(value: unknown): string {
  const problem = findProblem(value);
  if (problem !== undefined) {
    throw new HttpError(400, `This is not a notebook, so it was not saved: ${problem}`, 'invalid notebook');
  }
  const notebook = mapMultiline(structuredClone(value) as Notebook, splitLines);
  delete notebook.metadata.orig_nbformat;
  for (const cell of notebook.cells) delete cell.metadata.trusted;
  return `${stringifySorted(notebook)}\n`;
}

/** The first thing that keeps a value from being a notebook of nbformat 4, in words. */
function findProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'the whole is not a JSON object.';
  if (value.nbformat !== 4) {
    return `its "nbformat" is ${JSON.stringify(value.nbformat)}, only 4 can be opened here.`;
  }
  if (!Array.isArray(value.cells)) return 'it has no array "cells".';
  if (!isObject(value.metadata)) return 'it has no object "metadata".';
  for (const [index, cell] of value.cells.entries()) {
    const problem = findCellProblem(cell);
    if (problem !== undefined) return `cell ${index + 1} ${problem}`;
  }
  return undefined;
}

function findCellProblem(cell: unknown): string | undefined {
  if (!isObject(cell)) return 'is not an object.';
  if (!['code', 'markdown', 'raw'].includes(cell.cell_type as string)) {
    return `has the cell_type ${JSON.stringify(cell.cell_type)}: expected code, markdown or raw.`;
  }
  const { source } = cell;
  const isText =
    typeof source === 'string' || (Array.isArray(source) && source.every(line => typeof line === 'string'));
  if (!isText) return 'has a "source" that is not text.';
  if (!isObject(cell.metadata)) return 'has no object "metadata".';
  if (cell.cell_type !== 'code') return undefined;
  if (!Array.isArray(cell.outputs)) return 'has no array "outputs".';
  for (const output of cell.outputs) {
    if (!isObject(output) || typeof output.output_type !== 'string') return 'has an output without "output_type".';
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Applies `change` to every string that nbformat keeps as an array of lines on disk. */
function mapMultiline(notebook: Notebook, change: (value: unknown) => unknown): Notebook {
  for (const cell of notebook.cells) {
    cell.source = change(cell.source) as string | string[];
    for (const attachment of Object.values(cell.attachments ?? {})) changeBundle(attachment, change);
    if (!Array.isArray(cell.outputs)) continue;
    for (const output of cell.outputs) {
      if (output.text !== undefined) output.text = change(output.text);
      changeBundle(output.data, change);
    }
  }
  return notebook;
}

function changeBundle(bundle: unknown, change: (value: unknown) => unknown): void {
  if (!isObject(bundle)) return;
  for (const mime of Object.keys(bundle)) {
    if (!/^application\/(.*\+)?json$/.test(mime)) bundle[mime] = change(bundle[mime]);
  }
}

function join(value: unknown): unknown {
  return Array.isArray(value) && value.every(line => typeof line === 'string') ? value.join('') : value;
}

function splitLines(value: unknown): unknown {
  return typeof value === 'string' ? (value.match(/[^\n]*\n|[^\n]+$/g) ?? []) : value;
}

/** JSON with sorted keys and one space of indentation, as Python's `json.dumps(sort_keys=True, indent=1)` lays it out. */
export function stringifySorted(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map(item => inner + stringifySorted(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${stringifySorted(item, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** Where and why a text is not JSON. Node names a position in some messages only, so a second parser is asked too. */
function explainSyntax(text: string, error: SyntaxError): string {
  const conflict = /^(<{7}|={7}|>{7})/m.exec(text);
  if (conflict !== null) {
    return `line ${lineAt(text, conflict.index)} is a conflict marker of git. Resolve the merge in a text editor first.`;
  }
  const position = /at position (\d+)/.exec(error.message)?.[1];
  const line = position !== undefined ? lineAt(text, Number(position)) : lineOfJson5Error(text);
  const where = line === undefined ? '' : ` at line ${line}`;
  return `it is not JSON${where}: ${error.message.replace(/ in JSON at position.*$| \(line \d+.*$/, '')}.`;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function lineOfJson5Error(text: string): number | undefined {
  try {
    JSON5.parse(text);
    return undefined;
  } catch (error) {
    return (error as { lineNumber?: number }).lineNumber;
  }
}
