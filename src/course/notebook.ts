import { LearnableError } from '../core/index.ts';
import { LANGUAGE_INFO } from '../kernel/spec/index.ts';

/** A notebook file, as far as the course writes and reads it (nbformat 4.5). */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

export interface Cell {
  cell_type: 'code' | 'markdown' | 'raw';
  id: string;
  metadata: Record<string, unknown>;
  source: string;
  execution_count?: number | null;
  outputs?: unknown[];
}

export const NOTEBOOK_METADATA = {
  kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
  language_info: LANGUAGE_INFO,
};

/** As Jupyter writes it: one space of indent, keys sorted, sources as lists of lines, a line break at the end. */
export function writeNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map(cell => ({ ...cell, source: splitLines(cell.source) }));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`;
}

/** Reads a notebook; what is wrong with the text is said in one sentence. */
export function readNotebook(text: string, name: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new LearnableError(`${name} is not a notebook: it is not JSON (${(error as Error).message}).`, {
      cause: error,
    });
  }
  const { cells, nbformat, nbformat_minor = 0, metadata } = (value ?? {}) as Partial<Notebook>;
  if (typeof nbformat !== 'number') throw new LearnableError(`${name} is not a notebook: it has no nbformat number.`);
  if (nbformat !== 4) {
    throw new LearnableError(`${name} has notebook format ${nbformat}: expected 4.`, {
      hint: 'Open it in JupyterLab and save it: that writes format 4.',
    });
  }
  if (!Array.isArray(cells)) throw new LearnableError(`${name} is not a notebook: it has no list of cells.`);
  return {
    nbformat,
    nbformat_minor,
    metadata: (metadata ?? {}) as Record<string, unknown>,
    cells: cells.map((cell, i) => readCell(cell, i, name)),
  };
}

function readCell(cell: unknown, position: number, name: string): Cell {
  const { cell_type, source, id, metadata, ...rest } = (cell ?? {}) as Partial<Cell> & { source?: unknown };
  const text = Array.isArray(source) ? source.join('') : source;
  if (typeof cell_type !== 'string' || typeof text !== 'string') {
    throw new LearnableError(`${name}: cell ${position + 1} has no type or no source.`);
  }
  return { ...rest, cell_type, source: text, id: id ?? `cell-${position + 1}`, metadata: metadata ?? {} };
}

function splitLines(source: string): string[] {
  return source === '' ? [] : source.split(/(?<=\n)/);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}
