import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CellPlace } from '../execution.ts';
import { originalPosition, type TransformedCell } from '../language.ts';

interface CellSource {
  /** Of its execution. */
  id: number;
  source: string;
  /** How the transform moved its columns. */
  cell: Pick<TransformedCell, 'prefixLength' | 'shifts'>;
}

const cells = new Map<string, CellSource>();

/** Makes a cell known, so that errors can show its lines. */
export function registerCell(name: string, { id, source, cell }: CellSource): void {
  cells.set(name, { id, source, cell });
}

/** A place of a cell, as a frame; undefined when the cell is not known. */
export function frameAt({ cell, offset }: CellPlace): LearnerFrame | undefined {
  const source = cells.get(cell)?.source;
  if (source === undefined) return undefined;
  const before = source.slice(0, offset).split(/\r\n|\n|\r/);
  return { file: cell, source, line: before.length, column: before.at(-1)!.length + 1, functionName: '' };
}

/** The execution of the cell in whose code an error arose, or which called that code. */
export function cellInStack(error: unknown): number | undefined {
  const { stack } = (error ?? {}) as { stack?: unknown };
  if (typeof stack !== 'string') return undefined;
  const inCells = learnerFrames(stack).map(({ file }) => cells.get(file));
  return inCells.findLast(cell => cell !== undefined)?.id;
}

/** A place in the learner's own code. */
export interface LearnerFrame {
  /** `cell 3`, or a path relative to the notebook's folder. */
  file: string;
  source: string;
  line: number;
  column: number;
  functionName: string;
}

const OWN_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/** The frames of an error's stack that lie in cells and in the learner's own files, innermost first. */
export function learnerFrames(stack: string): LearnerFrame[] {
  return stack
    .split('\n')
    .map(parseFrame)
    .filter(frame => frame !== undefined);
}

function parseFrame(text: string): LearnerFrame | undefined {
  const match = /^\s+at (?:async )?(?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/.exec(text);
  if (!match) return undefined;
  const [, name = '', file, line, column] = match as unknown as [string, string | undefined, string, string, string];
  const place = { line: Number(line), column: Number(column), functionName: cleanName(name) };
  const known = cells.get(file);
  if (known) {
    const { source, cell } = known;
    const prefix = place.line === 1 ? cell.prefixLength : 0;
    return { ...place, file, source, ...originalPosition(cell, place.line, place.column - prefix) };
  }
  const path = localFile(file);
  return path === undefined
    ? undefined
    : { ...place, file: relative(process.cwd(), path), source: readFileSync(path, 'utf8') };
}

/** The path of a frame's file if it is the learner's: not of a package, of Node, nor of the kernel and the library. */
function localFile(file: string): string | undefined {
  if (file.startsWith('node:') || file.includes('node_modules')) return undefined;
  const withoutQuery = file.replace(/\?.*$/, '');
  try {
    const path = withoutQuery.startsWith('file:') ? fileURLToPath(withoutQuery) : withoutQuery;
    return path.startsWith(OWN_FOLDER) || !existsSync(path) ? undefined : path;
  } catch {
    return undefined;
  }
}

function cleanName(name: string): string {
  const clean = name.replace(/^Object\./, '');
  return clean === '<anonymous>' || clean === 'eval' || clean.startsWith('$') ? '' : clean;
}
