import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { API, SymbolFlags, type Type } from 'typescript/unstable/sync';
import { Declarations } from '../../../../src/kernel/checker/declarations/index.ts';

const packages = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
/** Of `typeToString`: all of a type, however long, without the names of its modules. */
const WHOLE = 1;

/** A folder with these files and, where it has none of its own, this package's packages. */
export function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'learnable-declarations-'));
  writeFiles(folder, files);
  if (!Object.keys(files).some(name => name.startsWith('node_modules/'))) {
    symlinkSync(packages, join(folder, 'node_modules'), 'junction');
  }
  return folder;
}

export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

export interface Question {
  /** With `¦` before each name that is asked for with its members, `¡` without. */
  source: string;
  folder: string;
  lib?: string[];
  types?: string[];
  cache?: string;
}

export interface Answer {
  /** What is known of each name: kind, documentation, type, and each member with its type. */
  names: string[];
  errors: string[];
  /** The files that TypeScript has read. */
  files: readonly string[];
}

/** What TypeScript says of a file, from libraries that are put together or from their own files. */
export function described(
  { source, folder, lib = ['esnext'], types = ['node'], cache }: Question,
  isJoined: boolean,
): Answer {
  const text = source.replace(/[¦¡]/g, '');
  const marks = [...source.matchAll(/[¦¡]/g)];
  const places = marks.map(({ index }, count) => index - count);
  const cell = join(folder, 'cell.ts');
  const config = join(folder, 'tsconfig.json');
  const options = { target: 'esnext', module: 'esnext', moduleResolution: 'bundler', strict: true, skipLibCheck: true };
  const files = new Map([
    [cell, text],
    [config, JSON.stringify({ compilerOptions: { ...options, lib, types, noEmit: true }, files: ['cell.ts'] })],
  ]);
  const libs = lib.map(name => `lib.${name}.d.ts`);
  const declarations = isJoined ? new Declarations({ files, libs, folder: cache }) : undefined;
  const api = new API({
    cwd: folder,
    fs: {
      readFile: path => files.get(path) ?? declarations?.read(path),
      fileExists: path => (files.has(path) ? true : undefined),
    },
  });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)!;
    const { checker, program } = project;
    const show = (type: Type | undefined) => (type ? checker.typeToString(type, undefined, WHOLE) : '');
    const names = checker.getSymbolAtPosition(cell, places).map((found, index) => {
      if (!found) return 'nothing';
      const symbol = found.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
      if (checker.isUnknownSymbol(symbol)) return 'unknown';
      const isValue = (symbol.flags & SymbolFlags.Value) !== 0;
      const isType = (symbol.flags & SymbolFlags.Type) !== 0;
      const own = [
        ...(isValue ? [checker.getTypeOfSymbol(symbol)] : []),
        ...(isType ? [checker.getDeclaredTypeOfSymbol(symbol)] : []),
      ];
      const hasMembers = marks[index]![0] === '¦';
      const members = own.flatMap(type => (type && hasMembers ? checker.getPropertiesOfType(type) : []));
      const types = checker.getTypeOfSymbol(members);
      const lines = members.map(({ name }, member) => `${name}: ${show(types[member])}`);
      const head = [symbol.flags & ~SymbolFlags.Transient, symbol.getDocumentationComment(checker), ...own.map(show)];
      return plain([...head, ...lines.sort()].join('\n'));
    });
    const errors = program.getSemanticDiagnostics(cell).map(({ text, pos }) => `${pos} ${plain(text)}`);
    return { names, errors, files: program.getSourceFileNames() };
  } finally {
    api.close();
  }
}

/** Without what names of modules and numbers of symbols there are. */
function plain(text: string): string {
  return text
    .replace(/(?:typeof )?import\("[^"]+"\)\.?/g, '')
    .replace(/\btfc?\.|\btfconv\./g, '')
    .replace(/(?:@|#)\d+/g, '@');
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
