import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { courseRoot } from './catalogue.ts';
import type { TypeProblem } from './result.ts';

/** A source to check under a path at which it need not exist, so that its relative imports resolve from there. */
export type Sources = ReadonlyMap<string, string | undefined>;

const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable', 'dom'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  moduleDetection: 'force',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: false,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
};

/**
 * Type-checks files in one program, under `strict`, as the course does. The text of a source whose value is undefined is
 * read from its file. Answers the problems of each path that was given; paths without problems are left out.
 */
export async function typeCheck(sources: Sources, root = courseRoot): Promise<Map<string, TypeProblem[]>> {
  // Loaded on first use: a notebook imports this folder and has a checker already.
  const { API } = await import('typescript/unstable/sync');
  const texts = new Map([...sources].map(([path, text]) => [posix(resolve(path)), text ?? readFileSync(path, 'utf8')]));
  const config = posix(join(root, 'learnable-check.tsconfig.json'));
  const virtual = new Map(texts).set(
    config,
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: [...texts.keys()] }),
  );
  const api = new API({
    cwd: root,
    fs: {
      readFile: path => virtual.get(path),
      fileExists: path => (virtual.has(path) ? true : undefined),
    },
  });
  try {
    const program = api.updateSnapshot({ openProjects: [config] }).getProject(config)?.program;
    if (!program) throw new Error('The type checker did not open its project.');
    const problems = new Map<string, TypeProblem[]>();
    for (const [path, text] of texts) {
      const diagnostics = [...program.getSyntacticDiagnostics(path), ...program.getSemanticDiagnostics(path)];
      if (diagnostics.length > 0)
        problems.set(
          path,
          diagnostics.map(item => problem(item, text)),
        );
    }
    return problems;
  } finally {
    api.close();
  }
}

/** The problems of one file on disk. */
export async function typeCheckFile(file: string): Promise<TypeProblem[]> {
  if (!existsSync(file)) return [];
  return (await typeCheck(new Map([[file, undefined]]))).get(posix(resolve(file))) ?? [];
}

interface RawDiagnostic {
  text: string;
  code: number;
  pos: number;
  end: number;
}

function problem({ text: message, code, pos, end }: RawDiagnostic, source: string): TypeProblem {
  const before = source.slice(0, pos).split('\n');
  const line = before.length;
  const column = before.at(-1)!.length + 1;
  return { message: `${message} (TS${code})`, line, column, frame: frame(source, line, column, end - pos) };
}

/** The line, the one before it, and a caret. */
export function frame(source: string, line: number, column: number, length: number): string {
  const lines = source.split(/\r?\n/);
  const width = String(line).length;
  const number = (n: number) => String(n).padStart(width);
  const text = lines[line - 1] ?? '';
  const carets = '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)));
  return [
    ...(line > 1 ? [`  ${number(line - 1)} | ${lines[line - 2]}`] : []),
    `> ${number(line)} | ${text}`,
    `  ${' '.repeat(width)} | ${' '.repeat(column - 1)}${carets}`,
  ].join('\n');
}

/** TypeScript names files with forward slashes everywhere. */
function posix(path: string): string {
  return path.replaceAll('\\', '/');
}
