/** What a program does, as far as anybody can see it: as cells, and as a module that somebody else compiled. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import ts from 'typescript-5';
import { transformWithEsbuild } from 'vite';
import { createEvaluator } from '../../../src/kernel/evaluate/index.ts';
import { beginExecution, Execution } from '../../../src/kernel/execution.ts';
import { originalPosition, transformCell } from '../../../src/kernel/transform/index.ts';
import { nativeImport } from '../../../src/modules/native-import.ts';

export interface Meaning {
  /** What `$log` was called with. */
  trace: string[];
  /** The value of the last expression. */
  value: string;
  /** What the top-level names hold in the end. */
  names: Record<string, string>;
  error?: { name: string; message: string };
}

export interface Place {
  line: number;
  column: number;
}

// vitest's own takes 62 columns off every first line.
Object.assign(Error, { prepareStackTrace: undefined });
const directory = mkdtempSync(join(tmpdir(), 'learnable-meaning-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
const evaluator = createEvaluator({ directory });
const world = globalThis as Record<string, unknown>;
let trace: string[] = [];
// Not vitest's to hear of: a program may leave a promise to itself.
process.removeAllListeners('unhandledRejection');
process.on('unhandledRejection', error => trace.push(`nobody awaits ${describe(error)}`));
let count = 0;

/** Runs cells, one after another, until one throws; tells where that was in the cell. */
export async function asCells(cells: string[], names: string[]): Promise<Meaning & { place?: Place | undefined }> {
  const trace = startTrace();
  let value: unknown;
  let thrown: { error: unknown; place: Place | undefined } | undefined;
  await beginExecution(new Execution(++count), async () => {
    for (const [index, source] of cells.entries()) {
      const filename = `cell ${count}_${index}`;
      const cell = transformCell(source, filename);
      try {
        ({ value } = await evaluator.run(cell, { filename }));
      } catch (error) {
        value = undefined;
        const place = placeOf(error, filename);
        thrown = { error, place: place && originalPosition(cell, place.line, place.column) };
        break;
      }
    }
    await settled();
  });
  const meaning: Meaning & { place?: Place | undefined } = { trace, value: describe(value), names: {} };
  for (const name of names) {
    const { value: text } = await evaluator.run(transformCell(`$read(() => ${name})`), { filename: 'names' });
    meaning.names[name] = String(text);
  }
  for (const name of names) Reflect.deleteProperty(world, name); // functions stay
  return thrown ? { ...meaning, error: describeError(thrown.error), place: thrown.place } : meaning;
}

/** Runs a program as a module of somebody else's making. */
export async function asModule(source: string, names: string[]): Promise<Meaning> {
  const { text } = withCapture(source);
  const target = isNative(source) ? 'ESNext' : 'ES2022';
  // TypeScript 5.9 writes statements twice that follow an `await` in some places.
  const code = /\bawait\b/.test(source)
    ? await byEsbuild(text.replace(/(?<=\d )<!--/g, '< !--'), target)
    : byTypeScript(text, target);
  return (await runModule(code, names)).meaning;
}

type Target = 'ESNext' | 'ES2022';

function byTypeScript(text: string, target: Target): string {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget[target],
    module: ts.ModuleKind.ESNext,
    experimentalDecorators: true,
    useDefineForClassFields: true,
    removeComments: true,
  };
  return ts.transpileModule(text, { fileName: 'program.ts', compilerOptions }).outputText;
}

async function byEsbuild(text: string, target: Target): Promise<string> {
  const options = {
    loader: 'ts',
    target: target.toLowerCase(),
    charset: 'utf8',
    sourcemap: false,
    keepNames: true,
  } as const;
  const compilerOptions = { experimentalDecorators: true, useDefineForClassFields: true };
  return (await transformWithEsbuild(text, 'program.ts', { ...options, tsconfigRaw: { compilerOptions } })).code;
}

type Strip = (source: string) => string;

/**
 * Where a program throws as a module of Node's own making, which leaves every character at its place. Undefined for a Node
 * that strips no types, and for syntax that is more than types.
 */
export async function placeInModule(source: string): Promise<Place | undefined> {
  const strip = (nodeModule as { stripTypeScriptTypes?: Strip }).stripTypeScriptTypes;
  if (!strip) return undefined;
  let code: string;
  try {
    code = strip(source);
  } catch {
    return undefined;
  }
  const { place } = await runModule(code, []);
  return place;
}

async function runModule(code: string, names: string[]): Promise<{ meaning: Meaning; place: Place | undefined }> {
  const trace = startTrace();
  const readers = `$names({ ${names.map(name => `${JSON.stringify(name)}: () => ${name}`).join(', ')} });`;
  const shebang = /^#!.*\n/.exec(code)?.[0] ?? '';
  const file = join(directory, `module${++count}.mjs`);
  // In front, on the first line: what throws half-way has told its names all the same.
  writeFileSync(file, shebang + readers + code.slice(shebang.length));
  const url = `${pathToFileURL(file).href}?own`; // so that our own loader adds nothing
  let value: unknown;
  let read: Record<string, () => unknown> = {};
  Object.assign(world, {
    $value: (last: unknown) => {
      value = last;
    },
    $names: (given: typeof read) => {
      read = given;
    },
  });
  let thrown: { error: unknown; place: Place | undefined } | undefined;
  try {
    await nativeImport(url);
  } catch (error) {
    value = undefined;
    const place = placeOf(error, url);
    if (place?.line === (shebang ? 2 : 1)) place.column -= readers.length;
    thrown = { error, place };
  }
  await settled();
  const held = names.map(name => [name, readName(read[name] ?? missing)]);
  const meaning: Meaning = { trace, value: describe(value), names: Object.fromEntries(held) };
  return thrown
    ? { meaning: { ...meaning, error: describeError(thrown.error) }, place: thrown.place }
    : { meaning, place: undefined };
}

function missing(): never {
  throw new ReferenceError('the module does not tell');
}

/** A name that was never reached is as it was before the cell, which is mostly: not there. */
const NOT_REACHED = /^ReferenceError: (?:Cannot access '\S+' before initialization|\S+ is not defined)$/;

function readName(reader: () => unknown): string {
  try {
    return describe(reader());
  } catch (error) {
    return describe(error).replace(NOT_REACHED, 'not there');
  }
}
world.$read = readName;

let pending = 0;

/** What a program calls to wait for a turn of the event loop. */
world.$later = (value: unknown) => {
  pending++;
  return new Promise(resolve => {
    setImmediate(() => {
      pending--;
      resolve(value);
    });
  });
};

const codeOf = Function.prototype.toString;

function startTrace(): string[] {
  const own: string[] = [];
  trace = own;
  // What a function looks like is the one thing in which compilers may differ.
  Function.prototype.toString = () => 'code';
  world.$log = (...values: unknown[]) => {
    own.push(values.map(describe).join(' '));
    return values[0];
  };
  return own;
}

/** Until all that the program began has come to its end. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet = pending > 0 ? 0 : quiet + 1)
    await new Promise(resolve => setImmediate(resolve));
  Function.prototype.toString = codeOf;
}

export function describe(value: unknown): string {
  if (typeof value === 'function')
    return `${/^class/.test(codeOf.call(value)) ? 'class' : 'function'} ${value.name} ${value.length}`;
  if (value instanceof Error) return `${value.name}: ${plain(value.message)}`;
  const text = inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY, compact: true });
  // Whether it sees a class depends on the comments in it.
  return text
    .replace(/\[class (.*?)(?: extends .*?)?\]/g, '[Function: $1]')
    .replaceAll('[Function: (anonymous)]', '[Function (anonymous)]');
}

function describeError(error: unknown): { name: string; message: string } {
  if (!(error instanceof Error)) return { name: typeof error, message: describe(error) };
  // Each compiler has its own words for this one.
  return { name: error.name, message: error.name === 'SuppressedError' ? '' : plain(error.message) };
}

/** How V8 words the part of an expression that failed depends on how it is written. */
function plain(message: string): string {
  return message
    .replace(/(?:\(intermediate value\))+/g, '(intermediate value)')
    .replace(/^(?:using declarations can only .*|Object expected\.|An object is expected .*)$/s, 'no resource')
    .replace(/^.* is not (?=a function|iterable|async iterable|a constructor)/s, '… is not ');
}

function placeOf(error: unknown, file: string): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  const frame = error.stack?.split('\n').find(line => /^\s+at /.test(line) && line.includes(`${file}:`));
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame ?? '') ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column) };
}

const knowsUsing = ((): boolean => {
  try {
    new Function('{ using nothing = null; }');
    return true;
  } catch {
    return false;
  }
})();

/** True when Node runs the program as it is; else every name is a `var` where a program has `using` at its top. */
export function isNative(source: string): boolean {
  return !/\baccessor\b/.test(source) && (knowsUsing || !/\busing\b/.test(source));
}

/** The program with its last expression given to `$value`. */
function withCapture(source: string): { text: string } {
  const file = ts.createSourceFile('program.ts', source, ts.ScriptTarget.ESNext, true);
  const last = file.statements.findLast(statement => !ts.isEmptyStatement(statement));
  if (!last || !ts.isExpressionStatement(last)) return { text: source };
  const [start, end] = [last.expression.getStart(file), last.expression.end];
  return { text: `${source.slice(0, start)};$value((${source.slice(start, end)}));${source.slice(end)}` };
}

/** The names that a program declares at its top level, as values. Undefined when it is no program. */
export function topLevelNames(source: string): string[] | undefined {
  const file = ts.createSourceFile('program.ts', source, ts.ScriptTarget.ESNext, true);
  if ((file as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics.length > 0) return undefined;
  const names = new Set<string>();
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  const isDeclared = (node: ts.Node) =>
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0)
      for (const { name } of node.declarations) bind(name);
    ts.forEachChild(node, visit);
  };
  for (const statement of file.statements) {
    if (isDeclared(statement)) continue;
    if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) bind(name);
    else if (ts.isFunctionDeclaration(statement) && statement.name && statement.body) names.add(statement.name.text);
    else if ((ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) && statement.name)
      names.add(statement.name.text);
    visit(statement);
  }
  return [...names];
}
