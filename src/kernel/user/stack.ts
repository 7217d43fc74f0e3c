import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CellPlace } from '../execution.ts';
import { cellName, cellTitle } from '../frame.ts';
import { originalPosition, type TransformedCell } from '../language.ts';

interface CellSource {
  /** Of its execution. */
  id: number;
  source: string;
  /** How the transform moved its columns. */
  cell: Pick<TransformedCell, 'prefixLength' | 'shifts' | 'hoisted'>;
}

const cells = new Map<string, CellSource>();

type SourcePlace = (file: string, place: { line: number; column: number }) => { line: number; column: number };

let sourcePlace: SourcePlace = (_, place) => place;

/** How places in local files that were compiled are found: given later, as that code takes its time to load. */
export function setSourcePlaces(find: SourcePlace): void {
  sourcePlace = find;
}

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

/** A place in code that the learner's code made while it ran. */
export interface EvalFrame {
  kind: 'eval';
  line: number;
  column: number;
  functionName: string;
}

export type StackFrame = LearnerFrame | PackageFrame | EvalFrame;

/** All that our own code is in: dist/ of the package, or src/. */
const OWN_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const KERNEL_FOLDER = new URL('../', import.meta.url).href;
/** What compiled code calls, such as `using`: part of the language, to the learner. */
const HELPERS = '@oxc-project/runtime';

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
 * Leaves the kernel's own frames out of `error.stack` and names each place as the learner's source has it, so that an error
 * that is printed says the same as one that ends a cell. Libraries that bring a `prepareStackTrace` of their own still may.
 */
export function tidyStacks(): void {
  Error.prepareStackTrace = (error, callSites) => {
    const files = callSites.map(site => String(site.getFileName() ?? site.getEvalOrigin() ?? ''));
    const isOutside = (file: string) => file === '' || file.startsWith('node:') || file.startsWith(KERNEL_FOLDER);
    const end = files.findLastIndex(file => !isOutside(file)) + 1;
    const kept = callSites.filter((_, i) => i < end && !files[i]!.startsWith(KERNEL_FOLDER));
    return [
      headOf(error),
      ...(end === 0 ? callSites : kept).map(site => `    at ${withOriginalPlaces(String(site))}`),
    ].join('\n');
  };
}

function withOriginalPlaces(text: string): string {
  return text
    .replace(/(cell \d+):(\d+):(\d+)/g, (whole, name: string, line: string, column: string) => {
      const known = cells.get(name);
      if (!known) return whole;
      const place = originalPlace(known, Number(line), Number(column));
      return `${cellTitle(name)}:${place.line}:${place.column}`;
    })
    .replace(/(file:[^\s()]+)\?v=\w+:(\d+):(\d+)/g, (_, url: string, line: string, column: string) => {
      const file = fileURLToPath(url);
      const place = sourcePlace(file, { line: Number(line), column: Number(column) });
      return `${file}:${place.line}:${place.column}`;
    });
}

function originalPlace({ cell }: CellSource, line: number, column: number): { line: number; column: number } {
  return originalPosition(cell, line, column);
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function parseFrame(text: string): StackFrame | undefined {
  if (text.includes('(eval at ')) return parseEvalFrame(text);
  const match = /^\s+at (?:(.*?) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(text);
  if (!match) return undefined;
  const [, name = '', file, line, column] = match as unknown as [string, string | undefined, string, string, string];
  const place = { kind: 'learner' as const, line: Number(line), column: Number(column), functionName: cleanName(name) };
  const known = cells.get(file);
  if (known) return { ...place, file, source: known.source, ...originalPlace(known, place.line, place.column) };
  const cell = cellName(file);
  const tidied = cells.get(cell);
  if (tidied) return { ...place, file: cell, source: tidied.source };
  const packageName = packageOf(file);
  if (packageName === HELPERS) return undefined;
  if (packageName) return { kind: 'package', name: packageName };
  const path = localFile(file);
  if (path === undefined) return undefined;
  try {
    // A version is part of the name that the loader gave; a tidied stack has none.
    const exact = file.includes('?v=') ? sourcePlace(path, place) : place;
    return { ...place, ...exact, file: relative(process.cwd(), path), source: readFileSync(path, 'utf8') };
  } catch {
    return undefined; // a folder, or a file that may not be read
  }
}

/** `    at double (eval at <anonymous> (cell 8:1:1), <anonymous>:2:6)` */
function parseEvalFrame(text: string): StackFrame | undefined {
  const [, name, file, line, column] =
    /^\s+at (.*?) ?\(eval at .*?\(([^()]+):\d+:\d+\).*:(\d+):(\d+)\)$/.exec(text) ?? [];
  if (!file) return undefined;
  const packageName = packageOf(file);
  if (packageName) return { kind: 'package', name: packageName };
  if (!cells.has(cellName(file)) && !localFile(file)) return undefined;
  return { kind: 'eval', line: Number(line), column: Number(column), functionName: cleanName(name ?? '') };
}

function packageOf(file: string): string | undefined {
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1];
  return name?.replace('\\', '/');
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
  const clean = name
    .replace(/^async /, '')
    .replace(/^Object\./, '')
    .replace('[nodejs.dispose]', '[Symbol.dispose]')
    .replace('[nodejs.asyncDispose]', '[Symbol.asyncDispose]');
  // `Timeout._onTimeout` and the like are what Node calls a function without a name.
  return /<anonymous>$|^(Timeout|Immediate)\._on|^eval$|^\$/.test(clean) ? '' : clean;
}
