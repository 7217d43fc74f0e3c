/** Why an import failed, in the learner's terms: the file and the line that are at fault, and what to do. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EcmaScriptModule } from 'oxc-parser';
import { findFile, parseTypeScript, resolveFrom } from '../../modules/index.ts';
import { moduleAdvice } from '../checker/candidates.ts';
import { positionAt, syntaxError } from '../transform/errors.ts';

const LOCAL = /^(?:\.\.?(?:\/|$)|\/|file:)/;
const NOT_FOUND = new Set(['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT', 'MODULE_NOT_FOUND']);

interface Place {
  file: string;
  source: string;
  offset: number;
}

/** The error to throw instead of Node's, which names internal files or no place at all. */
export function importError(error: unknown, specifier: string, directory: string): unknown {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  if (typeof message !== 'string') return error;
  if (code !== undefined && NOT_FOUND.has(code))
    return missingModule(error as NodeJS.ErrnoException, specifier, directory);
  if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return withCode(`The package offers no '${specifier}'.`, code);
  return error instanceof SyntaxError ? badModule(error, specifier, directory) : error;
}

function missingModule(error: NodeJS.ErrnoException, specifier: string, directory: string): unknown {
  const { code, message } = error;
  const importer = importerOf(error);
  if (importer === undefined || (dirname(importer) === directory && basename(importer).startsWith('notebook.'))) {
    return withCode(notFound(specifier, ` from ${directory}`, directory), code!);
  }
  if (importer.includes(`${sep}node_modules${sep}`)) return error;
  const missing = /Cannot find (?:package|module) '([^']+)'/.exec(message)?.[1];
  const parsed = parse(importer);
  const request =
    parsed &&
    requests(parsed.module).find(({ value }) => value === missing || join(dirname(importer), value) === missing);
  if (!parsed || !request) return error;
  const wrong = withCode(
    notFound(request.value, `, which ${relative(directory, importer)} imports`, dirname(importer)),
    code!,
  );
  return at(wrong, { file: importer, source: parsed.source, offset: request.start });
}

function importerOf(error: NodeJS.ErrnoException & { requireStack?: string[] }): string | undefined {
  if (error.requireStack) return error.requireStack[0];
  return / imported from (.+)$/s.exec(error.message)?.[1];
}

function notFound(specifier: string, where: string, directory: string): string {
  const advice = moduleAdvice(specifier, directory) ?? 'Is the path right?';
  return LOCAL.test(specifier)
    ? `Cannot find file '${specifier}'${where}. ${advice}`
    : `Cannot find package '${specifier}'${where}. ${advice}`;
}

/** A file that is not TypeScript, or imports what another does not export: the first such of those that are imported. */
function badModule(error: SyntaxError, specifier: string, directory: string): unknown {
  try {
    const url = resolveFrom(directory, specifier);
    const found = url.startsWith('file:') ? findFault(fileURLToPath(url), error, new Set()) : undefined;
    return found ? at(new SyntaxError(found.message), found) : error;
  } catch {
    return error;
  }
}

type Fault = Place & { message: string };

function findFault(file: string, error: SyntaxError, seen: Set<string>): Fault | undefined {
  if (seen.has(file) || file.includes(`${sep}node_modules${sep}`)) return undefined;
  seen.add(file);
  const parsed = parse(file);
  if (!parsed) return undefined;
  const { source, fault, module } = parsed;
  if (fault) return { file, source, ...fault };
  const [, from, name] = /requested module '(.+)' does not provide an export named '(.+)'/.exec(error.message) ?? [];
  for (const { moduleRequest, entries } of module?.staticImports ?? []) {
    if (moduleRequest.value !== from) continue;
    const entry = entries.find(
      ({ importName }) => (importName.kind === 'Default' ? 'default' : importName.name) === name,
    );
    if (entry) return { file, source, offset: entry.importName.start ?? entry.localName.start, message: error.message };
  }
  for (const { value } of requests(module)) {
    const target = LOCAL.test(value) && !value.startsWith('file:') ? findFile(join(dirname(file), value)) : undefined;
    const inner = target && findFault(target, error, seen);
    if (inner) return inner;
  }
  return undefined;
}

interface Parsed {
  source: string;
  module: EcmaScriptModule | undefined;
  fault: { offset: number; message: string } | undefined;
}

function parse(file: string): Parsed | undefined {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  if (file.endsWith('.json')) return { source, module: undefined, fault: jsonFault(source) };
  if (!/\.[cm]?[jt]sx?$/.test(file)) return undefined;
  const { module, errors } = parseTypeScript(file, source, { showSemanticErrors: false });
  const first = errors.find(({ severity }) => severity === ('Error' as typeof severity));
  if (!first) return { source, module, fault: undefined };
  const { offset, message } = syntaxError(source, first, 'file');
  return { source, module, fault: { offset, message } };
}

function jsonFault(source: string): Parsed['fault'] {
  try {
    JSON.parse(source);
    return undefined;
  } catch (error) {
    const { message } = error as SyntaxError;
    // JSON is nearly JavaScript, whose parser tells where it goes wrong; what only JSON forbids has no place.
    const label = parseTypeScript('json.js', `(${source})`).errors[0]?.labels[0];
    return {
      offset: label ? Math.max(0, Math.min(label.start - 1, source.length)) : 0,
      message: message.replace(/, ".*" is not valid JSON$/s, ' in JSON'),
    };
  }
}

function requests(module: EcmaScriptModule | undefined): { value: string; start: number }[] {
  if (!module) return [];
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest)),
  ].filter(request => request != null);
}

function withCode(message: string, code: string): Error {
  return Object.defineProperty(new Error(message), 'code', { value: code });
}

/** The error as if it had been thrown at a place of a file, which the frames of the cell imported. */
function at(error: Error, { file, source, offset }: Place): Error {
  const { line, column } = positionAt(source, offset);
  const frames = error.stack?.slice(error.stack.indexOf('\n    at ')) ?? '';
  error.stack = `${error.name}: ${error.message}\n    at ${file}:${line}:${column}${frames}`;
  return error;
}
