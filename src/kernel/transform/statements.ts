import type { Comment, Function as FunctionNode, Node } from 'oxc-parser';
import {
  compileStatement,
  Edits,
  type FunctionScope,
  isHard,
  isTypeStatement,
  isUsing,
  type Shift,
  TypeEraser,
  UsingLowering,
} from '../../modules/index.ts';
import { AwaitRewriting, onCatch } from './awaits.ts';
import { declarationToAssignments } from './declarations.ts';
import { syntaxError } from './errors.ts';
import { translateImport } from './imports.ts';
import { parse, RUNTIME } from './parse.ts';
import type { DeferredImport, NameKind } from './types.ts';

const HELPERS = `${RUNTIME}.helpers`;

/** What the statements of a cell have in common. */
export interface CellParts {
  /** The cell's name in stack frames. */
  cell: string;
  names: Record<string, NameKind>;
  types: string[];
  uses: Set<string>;
  deferred: DeferredImport[];
  /** Where each is written, in the cell. */
  functions: { name: string; code: string; offset: number }[];
  /** Imports that stand after other statements, and still run first; and where each names its module. */
  lateImports: { code: string; offset: number }[];
  isAsync: boolean;
}

/** Statements of the top level, on their way to become a script: those of a cell, or of a compiled statement of it. */
export class Statements {
  readonly #edits: Edits;
  readonly #parts: CellParts;
  readonly #base: number;
  readonly #eraser: TypeEraser;
  readonly #using: UsingLowering;
  readonly #awaits: AwaitRewriting;
  /** Declarations of functions, which are not part of the code. */
  readonly #functions: { name: string; start: number; end: number }[] = [];
  /** A loop → the first of the labels before it. */
  readonly #labels = new Map<Node, Node>();
  /** Where the statement before ends: insertions go there, so that they move no column of the statement's own line. */
  #previousEnd = 0;

  /** `base` is where the source begins in the cell. */
  constructor(source: string, parts: CellParts, base = 0) {
    this.#edits = new Edits(source);
    this.#parts = parts;
    this.#base = base;
    const labelled = (loop: Node) => this.#labels.get(loop) ?? loop;
    this.#awaits = new AwaitRewriting(this.#edits, { cell: parts.cell, base, labelled });
    this.#using = new UsingLowering(this.#edits, {
      helpers: HELPERS,
      labelled,
      onCatch,
      wait: (call, node) => this.#awaits.disposal(call, node),
    });
    this.#eraser = new TypeEraser(this.#edits, {
      endsTopLevel: true,
      enter: (node, parent, scope) => this.#enter(node, parent, scope),
      leave: (node, parent, scope, inner) => this.#leave(node, parent, scope, inner),
    });
  }

  get shifts(): Shift[] {
    return this.#edits.shifts;
  }

  /** The statements as code; `end` gives what is put behind the last of them. */
  transform(body: Node[], comments: Comment[], options: { keepsValue?: boolean; end?: () => string } = {}): string {
    const { keepsValue = true, end = () => '' } = options;
    const program = { type: 'Program', body } as unknown as Node;
    const statements = body.filter(node => node.type !== 'EmptyStatement');
    const tops = statements.map(withoutExport);
    const compiled = new Set<Node>();
    if (tops.some(isUsing)) this.#edits.close(0, `{${this.#using.begin}try{`);
    for (const node of statements) {
      if (node.type === 'ImportDeclaration') continue;
      const inner = withoutExport(node);
      if (isHard(inner)) {
        compiled.add(node);
        this.#compile(inner, comments, keepsValue && node === statements.at(-1));
      } else this.#erase(node, program);
    }
    for (const name of this.#eraser.uses.values) this.#parts.uses.add(name);
    // Imports come last: which of their names are values is known when all else was read.
    let onlyImports = true;
    for (const node of body) {
      if (node.type === 'ImportDeclaration') this.#import(node, onlyImports && this.#base === 0);
      else if (node.type !== 'EmptyStatement') {
        if (compiled.has(node)) this.#compiledStatement(node);
        else this.#statement(node, keepsValue && node === statements.at(-1));
        onlyImports &&= isTypeStatement(node) || node.type === 'FunctionDeclaration';
      }
      this.#previousEnd = node.end;
    }
    this.#parts.isAsync ||= this.#eraser.program.waits;
    if (tops.some(isUsing)) this.#edits.close(this.#previousEnd, `${this.#using.end(tops, this.#eraser.program)}}`);
    this.#edits.close(this.#previousEnd, end());
    const { text, parts } = this.#edits.without(this.#functions);
    for (const [index, { name, start }] of this.#functions.entries()) {
      this.#parts.functions.push({ name, code: parts[index]!, offset: this.#base + start });
    }
    return text;
  }

  #enter(node: Node, parent: Node, scope: FunctionScope): void {
    if (node.type === 'LabeledStatement' && parent.type !== 'LabeledStatement') {
      let loop: Node = node;
      while (loop.type === 'LabeledStatement') loop = loop.body;
      this.#labels.set(loop, node);
    }
    this.#awaits.enter(node, scope);
    this.#using.enter(node);
  }

  #leave(node: Node, parent: Node, scope: FunctionScope, inner: FunctionScope | undefined): void {
    this.#using.leave(node, parent, inner ?? scope);
    if (node.type === 'VariableDeclaration') this.#variables(node, parent, scope);
    this.#awaits.leave(node, scope, inner);
    this.#rename(node, scope);
  }

  /** What means something else in a script than in a module. */
  #rename(node: Node, scope: FunctionScope): void {
    const { start, end } = node;
    if (node.type === 'ThisExpression' && !scope.hasThis) this.#edits.replace(start, end, '(void 0)');
    else if (node.type === 'ImportExpression') {
      this.#edits.replace(start, start + 'import'.length, `${RUNTIME}.import`);
    } else if (node.type === 'MetaProperty' && node.meta.name === 'import') {
      this.#edits.replace(start, end, `${RUNTIME}.meta`);
    } else if (node.type === 'UnaryExpression' && this.#edits.source.startsWith('<!--', start - 1)) {
      this.#edits.open(start, ' '); // there it begins a comment
    }
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

  /** Puts a statement that has to be compiled through a compiler, and what comes out through all that any statement goes through. */
  #compile(node: Node, comments: Comment[], isLast: boolean): void {
    const { source } = this.#edits;
    let code: string;
    try {
      code = compileStatement(source, node, comments, { helpers: HELPERS });
    } catch (error) {
      const { message, offset: start } = error as SyntaxError & { offset?: number };
      if (start === undefined) throw error;
      throw syntaxError(source, { message, helpMessage: null, labels: [{ message: null, start, end: start }] });
    }
    const { program, comments: own } = parse(code);
    const inner = new Statements(code, this.#parts, this.#base + node.start);
    this.#edits.replace(node.start, node.end, inner.transform(program.body as Node[], own, { keepsValue: isLast }));
  }

  #compiledStatement(node: Node): void {
    const inner = withoutExport(node);
    if (inner !== node) this.#edits.blank(node.start, inner.start, ';');
    this.#edits.close(node.end, ';');
  }

  #variables(node: Extract<Node, { type: 'VariableDeclaration' }>, parent: Node, scope: FunctionScope) {
    if (scope.parent || (node.kind !== 'var' && parent.type !== 'Program')) return;
    for (const name of declarationToAssignments(node, parent, this.#edits)) this.#name(name, kindOf(node));
  }

  #import(node: Extract<Node, { type: 'ImportDeclaration' }>, inPlace: boolean) {
    const { deferred, lateImports } = this.#parts;
    const translated = translateImport(node, this.#eraser.uses);
    deferred.push(...(translated?.deferred ?? []));
    if (!translated?.parts) {
      this.#edits.blank(node.start, node.end, ';');
      return;
    }
    for (const name of translated.names) this.#name(name, 'const');
    this.#parts.isAsync = true;
    if (!inPlace) {
      this.#edits.blank(node.start, node.end, ';');
      lateImports.push({ code: translated.parts.join(''), offset: this.#base + node.source.start });
      return;
    }
    const [before, call, after] = translated.parts;
    const { start } = node.source;
    // The call stands where the module is named, which is what an error points to.
    this.#edits.replace(node.start, start, before + lineBreaks(this.#edits.source, node.start, start));
    this.#edits.replace(start, node.end, call + after + lineBreaks(this.#edits.source, start, node.end));
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
        this.#parts.types.push(node.id.name);
      }
    } else if (node.type === 'FunctionDeclaration') {
      this.#function(node);
    } else if (node.type === 'ClassDeclaration' && node.id) {
      this.#name(node.id.name, 'let');
      this.#around(end, `;${node.id.name}=`, ';');
    } else if (node.type === 'ExpressionStatement') this.#expression(node.expression, end, isLast);
  }

  #around(end: number, before: string, after: string) {
    this.#edits.close(this.#previousEnd, before);
    this.#edits.close(end, after);
  }

  /** A namespace may add to a function or a class: then that one says how the name behaves. */
  #name(name: string, kind: NameKind) {
    const { names } = this.#parts;
    if (kind !== 'var' || !Object.hasOwn(names, name)) names[name] = kind;
  }

  #function(node: FunctionNode) {
    if (!node.id) return;
    const { name } = node.id;
    this.#name(name, 'function');
    this.#functions.push({ name, start: node.start, end: node.end });
  }

  #expression(node: Node, end: number, isLast: boolean) {
    if (isLast) this.#around(node.end, `;${RUNTIME}.value((`, '));');
    else this.#edits.close(end, ';');
  }

  #exportDefault(node: Extract<Node, { type: 'ExportDefaultDeclaration' }>, isLast: boolean) {
    const { declaration } = node;
    if (isTypeStatement(declaration)) return this.#edits.blank(node.start, declaration.start);
    const isNamed = 'id' in declaration && declaration.id !== null;
    if (isNamed && /Declaration$/.test(declaration.type)) {
      this.#edits.blank(node.start, declaration.start, declaration.type === 'ClassDeclaration' ? '' : ';');
      return this.#declaration(declaration, node.end, isLast);
    }
    // A function or a class without a name is called "default".
    const opening = isAnonymous(declaration) ? '({default:' : '(';
    this.#edits.blank(node.start, declaration.start, `${isLast ? ' ' : ';'}${opening}`);
    this.#edits.close(declaration.end, isAnonymous(declaration) ? '}).default' : ')');
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
  }
}

function withoutExport(statement: Node): Node {
  const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return exported && statement.declaration ? statement.declaration : statement;
}

function isAnonymous(node: Node): boolean {
  const inner = node.type === 'ParenthesizedExpression' ? node.expression : node;
  return /^(?:Function|Class|ArrowFunction)/.test(inner.type) && !('id' in inner && inner.id);
}

function kindOf({ kind }: Extract<Node, { type: 'VariableDeclaration' }>): NameKind {
  return kind === 'var' || kind === 'let' ? kind : 'const';
}

function lineBreaks(source: string, start: number, end: number): string {
  return source.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, '');
}
