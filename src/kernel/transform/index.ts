import type { Function as FunctionNode, Node } from 'oxc-parser';
import { Edits, isTypeStatement, TypeEraser, UsingLowering } from '../../modules/index.ts';
import { declarationToAssignments } from './declarations.ts';
import { positionAt } from './errors.ts';
import { translateImport } from './imports.ts';
import { prepareCell, RUNTIME } from './parse.ts';
import { columnShifts } from './positions.ts';
import { rewriteRuntimeCalls } from './runtime-calls.ts';
import { joinParts, type SegmentPart, writeSegments } from './segments.ts';
import type { DeferredImport, NameKind, TransformedCell } from './types.ts';

export { type Completeness, isComplete } from './complete.ts';
export { CellSyntaxError, positionAt } from './errors.ts';
export { originalPosition } from './positions.ts';
export type { ColumnShift, DeferredImport, NameKind, TransformedCell } from './types.ts';

/**
 * Turns a cell into a script: types blanked in place, top-level declarations made globals, the last expression's value
 * kept, statements that await put into async segments. `name` is that of its stack frames. Throws a `CellSyntaxError`.
 *
 * @example transformCell('const x: number = await f()\nx')
 */
export function transformCell(source: string, name = 'cell'): TransformedCell {
  const prepared = prepareCell(source);
  return new CellTransform(prepared.source, name).run(prepared.body);
}

/** What has a `this` of its own; what is computed in a class's head has not, but never needs one. */
const OWN_THIS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ClassBody']);

class CellTransform {
  readonly #edits: Edits;
  readonly #names: Record<string, NameKind> = {};
  readonly #types: string[] = [];
  readonly #parts: SegmentPart[] = [];
  readonly #deferred: DeferredImport[] = [];
  readonly #eraser: TypeEraser;
  #isAsync = false;
  #thisDepth = 0;
  /** Where the statement before ends: insertions go there, so that they move no column of the statement's own line. */
  #previousEnd = 0;

  constructor(source: string, name: string) {
    this.#edits = new Edits(source);
    const using = new UsingLowering(this.#edits, `${RUNTIME}.helpers`);
    this.#eraser = new TypeEraser(this.#edits, {
      endsTopLevel: true,
      enter: node => {
        if (OWN_THIS.has(node.type)) this.#thisDepth++;
        using.enter(node);
      },
      leave: (node, parent, depth) => {
        if (rewriteRuntimeCalls(node, this.#edits, name, depth) === 'await' && depth === 0) this.#isAsync = true;
        if (node.type === 'VariableDeclaration') this.#variables(node, parent, depth);
        using.leave(node, parent);
        if (OWN_THIS.has(node.type)) this.#thisDepth--;
        // A script's `this` is the global object, a module's is undefined.
        else if (node.type === 'ThisExpression' && this.#thisDepth === 0) {
          this.#edits.replace(node.start, node.end, '(void 0)');
        }
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
    const prefixImports: PrefixImport[] = [];
    let onlyImports = true;
    for (const node of body) {
      if (node.type === 'EmptyStatement') this.#parts.push({ start: this.#previousEnd, end: node.end });
      else if (node.type === 'ImportDeclaration') {
        const code = this.#import(node, onlyImports);
        if (code) prefixImports.push({ code, offset: node.source.start });
      } else {
        this.#statement(node, node === statements.at(-1));
        onlyImports &&= isTypeStatement(node) || node.type === 'FunctionDeclaration';
      }
      this.#previousEnd = node.end;
    }
    return this.#finish(prefixImports);
  }

  #erase(node: Node, program: Node): void {
    if (node.type === 'ExportNamedDeclaration') {
      if (node.declaration && node.declaration.type !== 'TSImportEqualsDeclaration')
        this.#eraser.erase(node.declaration, program);
    } else if (node.type === 'ExportDefaultDeclaration') this.#eraser.erase(node.declaration, program);
    else if (node.type === 'TSExportAssignment') this.#eraser.erase(node.expression, program);
    else if (node.type !== 'ExportAllDeclaration' && node.type !== 'TSImportEqualsDeclaration') {
      this.#eraser.erase(node, program);
    }
  }

  #variables(node: Extract<Node, { type: 'VariableDeclaration' }>, parent: Node, depth: number): void {
    const isTopLevel = parent.type === 'Program';
    if (depth === 0 && node.kind === 'await using') this.#isAsync = true;
    if (depth > 0 || (node.kind !== 'var' && !isTopLevel)) return;
    for (const name of declarationToAssignments(node, parent, this.#edits)) this.#name(name, kindOf(node));
  }

  /** Returns the code of an import that must run before anything else of the cell. */
  #import(node: Extract<Node, { type: 'ImportDeclaration' }>, inPlace: boolean): string {
    const translated = translateImport(node, this.#eraser.uses);
    if (!translated?.parts) {
      this.#edits.blank(node.start, node.end, ';');
      this.#deferred.push(...(translated?.deferred ?? []));
      return '';
    }
    for (const name of translated.names) this.#name(name, 'const');
    this.#deferred.push(...translated.deferred);
    this.#isAsync = true;
    if (!inPlace) {
      this.#edits.blank(node.start, node.end, ';');
      return translated.parts.join('');
    }
    const [before, call, after] = translated.parts;
    const { start } = node.source;
    // The call stands where the module is named, which is what an error points to.
    this.#edits.replace(node.start, start, before + lineBreaks(this.#edits.source, node.start, start));
    this.#edits.replace(start, node.end, call + after + lineBreaks(this.#edits.source, start, node.end));
    this.#parts.push({ start: this.#previousEnd, end: node.end });
    return '';
  }

  #statement(node: Node, isLast: boolean) {
    switch (node.type) {
      case 'ExportAllDeclaration':
        return this.#edits.blank(node.start, node.end, ';');
      case 'ExportNamedDeclaration':
        if (!node.declaration) return this.#edits.blank(node.start, node.end, ';');
        // What is put before a class must stand right before it.
        this.#edits.blank(node.start, node.declaration.start, node.declaration.type === 'ClassDeclaration' ? '' : ';');
        if (node.declaration.type === 'TSImportEqualsDeclaration') return this.#importEquals(node.declaration);
        return this.#declaration(node.declaration, node.end, isLast);
      case 'ExportDefaultDeclaration':
        return this.#exportDefault(node, isLast);
      case 'TSExportAssignment':
        this.#edits.blank(node.start, node.expression.start);
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
      this.#function(node);
    } else if (node.type === 'ClassDeclaration' && node.id) {
      this.#name(node.id.name, 'let');
      this.#parts.push({ start: this.#previousEnd, end, before: `;${node.id.name}=`, after: ';' });
    } else if (node.type === 'ExpressionStatement') this.#expression(node.expression, end, isLast);
    else this.#parts.push({ start: this.#previousEnd, end });
  }

  /** A namespace may add to a function or a class: then that one says how the name behaves. */
  #name(name: string, kind: NameKind): void {
    if (kind !== 'var' || !(name in this.#names)) this.#names[name] = kind;
  }

  #function(node: FunctionNode): void {
    if (!node.id) return;
    const { name, start, end } = node.id;
    this.#name(name, name in globalThis ? 'var' : 'function');
    if (!(name in globalThis)) return;
    // Declared in the script, it would replace what the process itself calls by this name.
    this.#edits.open(node.start, `;${name}=`);
    this.#edits.blank(start, end);
    this.#edits.close(node.end, ';');
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
      this.#edits.blank(node.start, declaration.start, declaration.type === 'ClassDeclaration' ? '' : ';');
      return this.#declaration(declaration, node.end, isLast);
    }
    this.#edits.blank(node.start, declaration.start, isLast ? ' (' : ';(');
    this.#edits.close(declaration.end, ')');
    if (isTypeStatement(declaration)) return;
    this.#expression({ ...declaration, start: node.start } as Node, node.end, isLast);
  }

  #importEquals(node: Extract<Node, { type: 'TSImportEqualsDeclaration' }>) {
    const reference = node.moduleReference as Node;
    if (node.importKind === 'type') {
      this.#edits.blank(node.start, node.end, ';');
      return;
    }
    this.#name(node.id.name, 'const');
    this.#edits.blank(node.start, node.id.start, ';');
    if (reference.type === 'TSExternalModuleReference' && this.#edits.source[node.end - 1] !== ';') {
      this.#edits.close(node.end, ';');
    }
    this.#parts.push({ start: this.#previousEnd, end: node.end });
  }

  #finish(prefixImports: PrefixImport[]): TransformedCell {
    const segments = joinParts(this.#parts);
    writeSegments(segments, this.#isAsync, this.#edits);
    let prefix = '"use strict";';
    const hoisted: TransformedCell['hoisted'] = [];
    if (prefixImports.length > 0) prefix += `;${RUNTIME}.segment(async run=>{`;
    for (const { code, offset } of prefixImports) {
      prefix += code;
      hoisted.push({ until: prefix.length, ...positionAt(this.#edits.source, offset) });
    }
    if (prefixImports.length > 0) prefix += '});';
    const shifts = columnShifts(this.#edits.source, this.#edits.shifts);
    return {
      code: prefix + this.#edits.toString(),
      prefixLength: prefix.length,
      hoisted,
      shifts,
      names: this.#names,
      types: this.#types,
      uses: [...this.#eraser.uses.values],
      deferredImports: this.#deferred,
      isAsync: this.#isAsync,
    };
  }
}

/** An import that stands after other statements, and still runs first. */
interface PrefixImport {
  code: string;
  /** Where it names the module. */
  offset: number;
}

function kindOf({ kind }: Extract<Node, { type: 'VariableDeclaration' }>): NameKind {
  return kind === 'var' || kind === 'let' ? kind : 'const';
}

function lineBreaks(source: string, start: number, end: number): string {
  return source.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, '');
}
