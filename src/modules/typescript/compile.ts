import { SourceMap } from 'node:module';
import { type Comment, type Node, type ParseResult, visitorKeys } from 'oxc-parser';
import { transform } from 'oxc-transform';

/** How compiled code calls its helpers; the helpers themselves are in `helpers.ts`. */
export interface CompileOptions {
  /** The object that carries the helpers where the code runs. */
  helpers: string;
}

/**
 * Compiles the statements that hold TypeScript with a meaning at run time (enums, namespaces, parameter properties,
 * decorators), and leaves every other statement as it is. Lines stay where they were, columns within
 * the compiled statements do not. Returns the source itself when there is nothing to compile.
 */
export function compileHardSyntax(source: string, { program, comments }: ParseResult, options: CompileOptions): string {
  let result = '';
  let end = 0;
  let bare: string | undefined;
  for (const statement of program.body) {
    const inner = withoutExport(statement);
    if (isHard(inner)) {
      bare ??= withoutComments(source, comments);
      const compiled = compileStatement(bare, inner, options);
      result += source.slice(end, inner.start) + compiled;
      end = inner.end;
    }
  }
  return end === 0 ? source : result + source.slice(end);
}

/** Comments would swallow what is put on their line. */
function withoutComments(source: string, comments: Comment[]): string {
  let result = source;
  for (const { start, end } of comments) {
    result = result.slice(0, start) + source.slice(start, end).replace(/[^\r\n]/g, ' ') + result.slice(end);
  }
  return result;
}

function withoutExport(statement: Node): Node {
  const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return exported && statement.declaration ? statement.declaration : statement;
}

function isHard(node: Node): boolean {
  if ('declare' in node && node.declare) return false;
  if (node.type === 'TSEnumDeclaration' || node.type === 'TSModuleDeclaration') return true;
  if (node.type === 'TSParameterProperty') return true;
  if ('decorators' in node && node.decorators && node.decorators.length > 0) return true;
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (Array.isArray(child)) {
      for (const item of child) if (item && isHard(item)) return true;
    } else if (child && isHard(child)) return true;
  }
  return false;
}

function compileStatement(source: string, statement: Node, options: CompileOptions): string {
  const text = source.slice(statement.start, statement.end);
  const output = transform('statement.ts', text, {
    lang: 'ts',
    target: 'es2022',
    sourcemap: true,
    decorator: { legacy: true },
    typescript: { onlyRemoveTypeImports: true },
    helpers: { mode: 'External' as never },
  });
  const error = output.errors[0];
  if (error) {
    const at = statement.start + (error.labels[0]?.start ?? 0);
    throw Object.assign(new SyntaxError(error.message), { offset: at });
  }
  const code = output.code.trimEnd().replace(/\bbabelHelpers\./g, `${options.helpers}.`);
  // Without `let`, so that a namespace adds to what stands there.
  const lines = code.replace(/^let (?=[\w$]+;$)/m, 'var ').split('\n');
  const wanted = output.map
    ? originalLines(output.map as ConstructorParameters<typeof SourceMap>[0], lines)
    : lines.map((_, index) => index);
  return layOut(lines, wanted, text.split('\n').length);
}

/** For each line of the output the line of the input that it came from, as far as the map knows. */
function originalLines(map: ConstructorParameters<typeof SourceMap>[0], lines: string[]): (number | undefined)[] {
  const lookup = new SourceMap(map);
  return lines.map((line, index) => {
    const column = line.search(/\S/);
    const entry = lookup.findEntry(index, Math.max(column, 0));
    return 'originalLine' in entry && entry.generatedLine === index ? entry.originalLine : undefined;
  });
}

/** Puts each line back on the line it came from; exactly `total` lines come out. */
function layOut(lines: string[], wanted: (number | undefined)[], total: number): string {
  let result = '';
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const to = Math.min(wanted[index] ?? at, total - 1);
    if (to > at) {
      result += '\n'.repeat(to - at);
      at = to;
    } else if (index > 0) result += ' ';
    result += line.trimStart();
  }
  return result + '\n'.repeat(total - 1 - at);
}
