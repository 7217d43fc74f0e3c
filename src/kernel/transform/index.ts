import type { Node } from 'oxc-parser';
import { Edits, isTypeStatement, TypeEraser } from '../../modules/index.ts';
import { declarationToAssignments } from './declarations.ts';
import { translateImport } from './imports.ts';
import { prepareCell, RUNTIME } from './parse.ts';
import { columnShifts } from './positions.ts';
import { rewriteRuntimeCalls } from './runtime-calls.ts';
import { joinParts, type SegmentPart, writeSegments } from './segments.ts';
import type { DeferredImport, TransformedCell } from './types.ts';

export { type Completeness, isComplete } from './complete.ts';
export { CellSyntaxError, positionAt } from './errors.ts';
export { originalPosition } from './positions.ts';
export type { ColumnShift, DeferredImport, TransformedCell } from './types.ts';

/**
 * Turns a cell into a script: types blanked in place, top-level declarations made globals, the last expression's value
 * kept, statements that await put into async segments. Throws a `CellSyntaxError`.
 *
 * @example transformCell('const x: number = await f()\nx')
 */
export function transformCell(source: string): TransformedCell {
  const prepared = prepareCell(source);
  return new CellTransform(prepared.source).run(prepared.body);
}

class CellTransform {
  readonly #edits: Edits;
  readonly #names = new Set<string>();
  readonly #functions = new Set<string>();
  readonly #types: string[] = [];
  readonly #parts: SegmentPart[] = [];
  readonly #deferred: DeferredImport[] = [];
  readonly #eraser: TypeEraser;
  #isAsync = false;
  /** Where the statement before ends: insertions go there, so that they move no column of the statement's own line. */
  #previousEnd = 0;

  constructor(source: string) {
    this.#edits = new Edits(source);
    this.#eraser = new TypeEraser(this.#edits, {
      endsTopLevel: true,
      leave: (node, parent, depth) => {
        if (rewriteRuntimeCalls(node, this.#edits) === 'await' && depth === 0) this.#isAsync = true;
        if (node.type === 'VariableDeclaration') this.#variables(node, parent, depth);
      },
    });
  }

  run(body: Node[]): TransformedCell {
    const program = { type: 'Program', body } as unknown as Node;
    const statements = body.filter(node => node.type !== 'EmptyStatement');
    const shebang = /^#!.*/.exec(this.#edits.source);
    if (shebang) this.#edits.blank(0, shebang[0].length);
    // Imports come last: which of their names are values is known when all else was read.
    for (const node of statements) if (node.type !== 'ImportDeclaration') this.#erase(node, program);
    let prefixImports = '';
    let onlyImports = true;
    for (const node of body) {
      if (node.type === 'EmptyStatement') this.#parts.push({ start: this.#previousEnd, end: node.end });
      else if (node.type === 'ImportDeclaration') prefixImports += this.#import(node, onlyImports);
      else {
        this.#statement(node, node === statements.at(-1));
        onlyImports &&= isTypeStatement(node) || node.type === 'FunctionDeclaration';
      }
      this.#previousEnd = node.end;
    }
    return this.#finish(prefixImports);
  }

  #erase(node: Node, program: Node): void {
    if (node.type === 'ExportNamedDeclaration') {
      if (node.declaration) this.#eraser.erase(node.declaration, program);
    } else if (node.type === 'ExportDefaultDeclaration') this.#eraser.erase(node.declaration, program);
    else if (node.type === 'TSExportAssignment') this.#eraser.erase(node.expression, program);
    else if (node.type !== 'ExportAllDeclaration' && node.type !== 'TSImportEqualsDeclaration') {
      this.#eraser.erase(node, program);
    }
  }

  #variables(node: Extract<Node, { type: 'VariableDeclaration' }>, parent: Node, depth: number): void {
    const isTopLevel = parent.type === 'Program';
    if (depth > 0 || (node.kind !== 'var' && !isTopLevel)) return;
    if (node.kind === 'await using') this.#isAsync = true;
    for (const name of declarationToAssignments(node, parent, this.#edits)) this.#names.add(name);
  }

  /** Returns the code of an import that must run before anything else of the cell. */
  #import(node: Extract<Node, { type: 'ImportDeclaration' }>, inPlace: boolean): string {
    const translated = translateImport(node, this.#eraser.uses);
    if (!translated?.code) {
      this.#edits.blank(node.start, node.end, ';');
      this.#deferred.push(...(translated?.deferred ?? []));
      return '';
    }
    for (const name of translated.names) this.#names.add(name);
    this.#deferred.push(...translated.deferred);
    this.#isAsync = true;
    if (!inPlace) {
      this.#edits.blank(node.start, node.end, ';');
      return translated.code;
    }
    this.#edits.replace(node.start, node.end, translated.code + lineBreaks(this.#edits.source, node));
    this.#parts.push({ start: this.#previousEnd, end: node.end });
    return '';
  }

  #statement(node: Node, isLast: boolean) {
    switch (node.type) {
      case 'ExportAllDeclaration':
        return this.#edits.blank(node.start, node.end, ';');
      case 'ExportNamedDeclaration':
        if (!node.declaration) return this.#edits.blank(node.start, node.end, ';');
        if (!isTypeStatement(node.declaration)) this.#edits.blank(node.start, node.declaration.start, ';');
        else this.#edits.blank(node.start, node.declaration.start);
        return this.#declaration(node.declaration, node.end, isLast);
      case 'ExportDefaultDeclaration':
        return this.#exportDefault(node, isLast);
      case 'TSExportAssignment':
        this.#edits.blank(node.start, node.expression.start, ';');
        return this.#expression(node.expression, node.end, isLast);
      case 'TSImportEqualsDeclaration':
        return this.#importEquals(node);
      default:
        return this.#declaration(node, node.end, isLast);
    }
  }

  #declaration(node: Node, end: number, isLast: boolean) {
    if (isTypeStatement(node)) {
      if ((node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') && node.id) {
        this.#types.push(node.id.name);
      }
    } else if (node.type === 'FunctionDeclaration') {
      if (node.id) this.#functions.add(node.id.name);
    } else if (node.type === 'ClassDeclaration' && node.id) {
      this.#names.add(node.id.name);
      this.#parts.push({ start: this.#previousEnd, end, before: `;${node.id.name}=`, after: ';' });
    } else if (node.type === 'ExpressionStatement') this.#expression(node.expression, end, isLast);
    else this.#parts.push({ start: this.#previousEnd, end });
  }

  #expression(node: Node, end: number, isLast: boolean): void {
    if (isLast) {
      const holder = `;${this.#isAsync ? 'run' : RUNTIME}.value((`;
      this.#parts.push({ start: this.#previousEnd, end: node.end, before: holder, after: '));' });
    } else this.#parts.push({ start: this.#previousEnd, end, after: ';' });
  }

  #exportDefault(node: Extract<Node, { type: 'ExportDefaultDeclaration' }>, isLast: boolean) {
    const { declaration } = node;
    const isNamed = 'id' in declaration && declaration.id !== null;
    if (isNamed && /Declaration$/.test(declaration.type)) {
      this.#edits.blank(node.start, declaration.start, ';');
      return this.#declaration(declaration, node.end, isLast);
    }
    this.#edits.blank(node.start, declaration.start, isLast ? ' (' : ';(');
    this.#edits.close(declaration.end, ')');
    if (isTypeStatement(declaration)) return;
    this.#expression({ ...declaration, start: node.start } as Node, node.end, isLast);
  }

  #importEquals(node: Extract<Node, { type: 'TSImportEqualsDeclaration' }>) {
    const reference = node.moduleReference as Node;
    if (node.importKind === 'type') return this.#edits.blank(node.start, node.end, ';');
    this.#names.add(node.id.name);
    this.#edits.blank(node.start, node.id.start, ';');
    if (reference.type === 'TSExternalModuleReference' && this.#edits.source[node.end - 1] !== ';') {
      this.#edits.close(node.end, ';');
    }
    this.#parts.push({ start: this.#previousEnd, end: node.end });
  }

  #finish(prefixImports: string): TransformedCell {
    const segments = joinParts(this.#parts);
    writeSegments(segments, this.#isAsync, this.#edits);
    for (const name of this.#functions) this.#names.delete(name);
    const declared = this.#names.size > 0 ? `var ${[...this.#names].join()};` : '';
    const imports = prefixImports ? `;${RUNTIME}.segment(async run=>{${prefixImports}});` : '';
    const prefix = `"use strict";${declared}${imports}`;
    const shifts = columnShifts(this.#edits.source, this.#edits.shifts);
    return {
      code: prefix + this.#edits.toString(),
      prefixLength: prefix.length,
      shifts,
      names: [...this.#names, ...this.#functions],
      types: this.#types,
      uses: [...this.#eraser.uses.values],
      deferredImports: this.#deferred,
      isAsync: this.#isAsync,
    };
  }
}

function lineBreaks(source: string, node: Node): string {
  return source.slice(node.start, node.end).replace(/[^\r\n\u2028\u2029]/g, '');
}
