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
  const line = before.length;
  return { kind: 'learner', file: cell, source, line, column: before.at(-1)!.length + 1, functionName: '' };
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
  kind: 'learner';
  /** `cell 3`, or a path relative to the notebook's folder. */
  file: string;
  source: string;
  line: number;
  column: number;
  functionName: string;
}

/** A place in a package that the learner's code called. */
export interface PackageFrame {
  kind: 'package';
  name: string;
}

export type StackFrame = LearnerFrame | PackageFrame;

/** All that our own code is in: dist/ of the package, or src/. */
const OWN_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const KERNEL_FOLDER = new URL('../', import.meta.url).href;

/** The frames of an error's stack in cells, in the learner's own files and in packages, innermost first. */
export function stackFrames(stack: string): StackFrame[] {
  return stack
    .split('\n')
    .map(parseFrame)
    .filter(frame => frame !== undefined);
}

export function learnerFrames(stack: string): LearnerFrame[] {
  return stackFrames(stack).filter(frame => frame.kind === 'learner');
}

/**
 * Leaves the kernel's own frames out of `error.stack`, so that an error that the learner prints is as short as one that ends a
 * cell. Libraries that bring a `prepareStackTrace` of their own still may.
 */
export function hideKernelFrames(): void {
  Error.prepareStackTrace = (error, callSites) => {
    const files = callSites.map(site => String(site.getFileName() ?? site.getEvalOrigin() ?? ''));
    const isOutside = (file: string) => file === '' || file.startsWith('node:') || file.startsWith(KERNEL_FOLDER);
    const end = files.findLastIndex(file => !isOutside(file)) + 1;
    const kept = callSites.filter((_, i) => i < end && !files[i]!.startsWith(KERNEL_FOLDER));
    return [headOf(error), ...(end === 0 ? callSites : kept).map(site => `    at ${site}`)].join('\n');
  };
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function parseFrame(text: string): StackFrame | undefined {
  const match = /^\s+at (?:(.*?) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(text);
  if (!match) return undefined;
  const [, name = '', file, line, column] = match as unknown as [string, string | undefined, string, string, string];
  const place = { kind: 'learner' as const, line: Number(line), column: Number(column), functionName: cleanName(name) };
  const known = cells.get(file);
  if (known) {
    const { source, cell } = known;
    const prefix = place.line === 1 ? cell.prefixLength : 0;
    return { ...place, file, source, ...originalPosition(cell, place.line, place.column - prefix) };
  }
  const packageName = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1];
  if (packageName) return { kind: 'package', name: packageName.replace('\\', '/') };
  const path = localFile(file);
  if (path === undefined) return undefined;
  try {
    return { ...place, file: relative(process.cwd(), path), source: readFileSync(path, 'utf8') };
  } catch {
    return undefined; // a folder, or a file that may not be read
  }
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
