import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface CellSource {
  source: string;
  /** Columns that the transform put before the first line. */
  prefixLength: number;
}

const cells = new Map<string, CellSource>();

/** Makes a cell known, so that errors can show its lines. */
export function registerCell(name: string, cell: CellSource): void {
  cells.set(name, cell);
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
  const match = /^\s+at (?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/.exec(text);
  if (!match) return undefined;
  const [, name = '', file, line, column] = match as unknown as [string, string | undefined, string, string, string];
  const place = { line: Number(line), column: Number(column), functionName: cleanName(name) };
  const cell = cells.get(file);
  if (cell) {
    const shift = place.line === 1 ? cell.prefixLength : 0;
    return { ...place, file, source: cell.source, column: Math.max(1, place.column - shift) };
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
  const clean = name.replace(/^async /, '').replace(/^Object\./, '');
  return clean === '<anonymous>' || clean === 'eval' || clean.startsWith('$') ? '' : clean;
}
