import { createRequire } from 'node:module';
import type { Comment, Node } from 'oxc-parser';
import { transform } from 'oxc-transform';
import { layOut, type RawSourceMap } from './lay-out.ts';
import { hasHardConstructor } from './parameter-properties.ts';
import { someNode } from './walk.ts';

const require = createRequire(import.meta.url);

/** How compiled code calls its helpers; the helpers themselves are in `helpers.ts`. */
export interface CompileOptions {
  /** The object that carries the helpers where the code runs. */
  helpers: string;
}

/** Code as a compiler gives it, with a source map. */
interface Compiled {
  code: string;
  map: RawSourceMap;
}

/**
 * True for a statement with syntax that has a meaning at run time and cannot be had by blanking types: enums, namespaces,
 * decorators, `accessor`.
 */
export function isHard(statement: Node): boolean {
  return someNode(statement, node => {
    if ('declare' in node && node.declare) return 'skip';
    if (node.type === 'TSEnumDeclaration' || node.type === 'TSModuleDeclaration') return true;
    if (node.type === 'AccessorProperty') return true;
    return ('decorators' in node && (node.decorators?.length ?? 0) > 0) || hasHardConstructor(node);
  });
}

/**
 * Compiles a statement that is hard to as many lines. Lines stay where they were, columns within do not. Throws a
 * `SyntaxError` with the `offset` in the source.
 */
export function compileStatement(
  source: string,
  statement: Node,
  comments: Comment[],
  options: CompileOptions,
): string {
  const text = withoutComments(source, statement, comments);
  const { code, map } = needsTypeScript(statement) ? byTypeScript(text, statement) : byOxc(text, statement);
  const helped = code
    .trimEnd()
    .replace(/\bbabelHelpers\./g, `${options.helpers}.`)
    .replace(
      /(?<![\w$.])__(?:esDecorate|runInitializers|setFunctionName|propKey|addDisposableResource|disposeResources)\b(?=\()/g,
      `${options.helpers}.$&`,
    );
  // Without `let`, so that a namespace adds to what stands there.
  return layOut(helped.replace(/^let (?=[\w$]+;$)/m, 'var '), map, text.split(LINE_BREAK).length);
}

const LINE_BREAK = /\r\n|[\r\n\u2028\u2029]/;

/** Comments would swallow what is put on their line. */
function withoutComments(source: string, statement: Node, comments: Comment[]): string {
  let result = '';
  let at = statement.start;
  for (const { start, end } of comments) {
    if (start < statement.start || end > statement.end) continue;
    result += source.slice(at, start) + source.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, ' ');
    at = end;
  }
  return result + source.slice(at, statement.end);
}

function byOxc(text: string, statement: Node): Compiled {
  const output = transform('statement.ts', text, {
    lang: 'ts',
    target: 'es2022',
    sourcemap: true,
    decorator: { legacy: true },
    typescript: { onlyRemoveTypeImports: true },
    helpers: { mode: 'External' as never },
  });
  const error = output.errors[0];
  if (!error) return { code: output.code, map: output.map as RawSourceMap };
  if (/^Namespaces exporting non-const/.test(error.message)) return byTypeScript(text, statement);
  throw syntaxErrorAt(statement.start + (error.labels[0]?.start ?? 0), error.message);
}

function syntaxErrorAt(offset: number, message: string): SyntaxError {
  return Object.assign(new SyntaxError(message), { offset });
}

function needsTypeScript(statement: Node): boolean {
  return someNode(statement, node => node.type === 'AccessorProperty');
}

/** TypeScript 5, as 7 has no interface for it. It takes 0.3 s to load. */
function byTypeScript(text: string, statement: Node): Compiled {
  const ts = require('typescript-5') as typeof import('typescript-5');
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(text, {
    fileName: 'statement.ts',
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      sourceMap: true,
      noEmitHelpers: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  // oxc's parser takes a few things for types that are none.
  const error = diagnostics?.find(({ start }) => start !== undefined);
  if (error)
    throw syntaxErrorAt(statement.start + error.start!, ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  return {
    code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '').replace(/^export \{\};\s*$/m, ''),
    map: JSON.parse(sourceMapText!),
  };
}
