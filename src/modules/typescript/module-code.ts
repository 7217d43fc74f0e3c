import type { Program } from 'oxc-parser';
import { transform } from 'oxc-transform';
import { Edits } from './edits.ts';
import { TypeEraser } from './erase-types.ts';
import { parseTypeScript } from './parse.ts';

/**
 * A TypeScript module as JavaScript. Types are blanked in place, so that errors name the right line and column; a module
 * with enums, namespaces, parameter properties or decorators is compiled, with a source map inside.
 */
export function moduleCode(file: string, source: string): string {
  const { program, errors } = parseTypeScript(file, source, { lang: 'ts', sourceType: 'module' });
  const error = errors.find(({ severity }) => severity === ('Error' as typeof severity));
  if (error) {
    const before = source.slice(0, error.labels[0]?.start ?? 0).split('\n');
    const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    throw new SyntaxError(`${error.message.replace(/^TS\(\d+\): /, '')} (${place})`);
  }
  return erasable(source, program) ?? compiled(file, source);
}

const HARD =
  /\benum\b|\bnamespace\b|\bmodule\b|@|\busing\b|constructor\s*\([^)]*\b(?:public|private|protected|readonly|override)\b|\bimport\s+(?:type\s+)?\w+\s*=|\bexport\s*=/;

function erasable(source: string, program: Program): string | undefined {
  if (HARD.test(source)) return undefined;
  const edits = new Edits(source);
  const eraser = new TypeEraser(edits);
  for (const node of program.body) if (node.type !== 'ImportDeclaration') eraser.erase(node, program);
  for (const node of program.body) {
    if (node.type === 'ExportNamedDeclaration' && (node.exportKind === 'type' || isDeclared(node.declaration))) {
      edits.blank(node.start, node.end, ';');
    } else if (node.type === 'ExportNamedDeclaration') {
      if (node.specifiers.some(({ exportKind }) => exportKind === 'type')) return undefined;
    } else if (node.type === 'ExportAllDeclaration' && node.exportKind === 'type')
      edits.blank(node.start, node.end, ';');
    else if (node.type === 'ExportDefaultDeclaration' && node.declaration.type === 'TSInterfaceDeclaration') {
      edits.blank(node.start, node.end, ';');
    } else if (node.type === 'ImportDeclaration') {
      if (node.importKind === 'type') {
        edits.blank(node.start, node.end, ';');
        continue;
      }
      const values = node.specifiers.filter(({ local }) => eraser.uses.values.has(local.name));
      if (node.specifiers.length > 0 && values.length === 0) edits.blank(node.start, node.end, ';');
      else if (values.length < node.specifiers.length) return undefined;
    }
  }
  return edits.toString();
}

function isDeclared(node: { type: string; declare?: boolean } | null): boolean {
  return (
    node !== null &&
    (node.declare === true || /^TS(?:InterfaceDeclaration|TypeAliasDeclaration|DeclareFunction)$/.test(node.type))
  );
}

function compiled(file: string, source: string): string {
  const output = transform(file, source, {
    lang: 'ts',
    target: 'es2022',
    sourcemap: true,
    decorator: { legacy: true },
  });
  const error = output.errors[0];
  if (error) throw new SyntaxError(`${error.message} (${file})`);
  const map = Buffer.from(JSON.stringify(output.map)).toString('base64');
  return `${output.code}\n//# sourceMappingURL=data:application/json;base64,${map}\n`;
}
