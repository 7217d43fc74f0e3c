import type { Node } from 'oxc-parser';
import type { Edits } from './edits.ts';
import type { FunctionScope } from './erase-types.ts';
import { skipTrivia } from './trivia.ts';

/** What holds the resources of the block around. */
export const RESOURCES = '__using';

export interface UsingOptions {
  /** The object that carries `usingCtx` where the code runs. */
  helpers: string;
  /** Code to run first when the block throws `error`. */
  onCatch?: (scope: FunctionScope) => string;
  /** Code that awaits the call. */
  wait?: (call: string, node: Node) => string;
  /** A loop with the labels before it, if it has any. */
  labelled?: (loop: Node) => Node;
}

/**
 * Lowers `using` in place, for a Node that does not know it: the block around becomes a `try` whose `finally` disposes.
 * Errors while disposing suppress each other as the standard says; the helper sees to that.
 */
export class UsingLowering {
  readonly #edits: Edits;
  readonly #options: UsingOptions;
  /** Opens the block that holds the resources. */
  readonly begin: string;

  constructor(edits: Edits, options: UsingOptions) {
    this.#edits = edits;
    this.#options = options;
    this.begin = `const ${RESOURCES}=${options.helpers}.usingCtx();`;
  }

  /** Before the children of a node are edited, as what is opened first stands outside. */
  enter(node: Node): void {
    const edits = this.#edits;
    if (node.type === 'ForOfStatement') {
      const declaration = usingIn([node.left]);
      if (!declaration) return;
      const { id } = declaration.declarations[0]!;
      const name = 'name' in id ? id.name : '';
      edits.open(node.body.start, `{${this.begin}${take(declaration)}${name});try{`);
    } else if (node.type === 'ForStatement') {
      if (isUsing(node.init)) edits.open(this.#labelled(node).start, `{${this.begin}try{`);
    } else if (isUsing(node)) {
      for (const { init } of node.declarations) if (init) edits.open(init.start, take(node));
    } else {
      const list = statementsOf(node);
      if (!usingIn(list)) return;
      const brace = node.type === 'StaticBlock' ? skipTrivia(edits.source, node.start + 'static'.length) : node.start;
      const directive = list.findLast(statement => 'directive' in statement && statement.directive != null);
      edits.open(directive?.end ?? brace + 1, `;${this.begin}try{`);
    }
  }

  /** After them. `scope` is that of the code within. */
  leave(node: Node, parent: Node, scope: FunctionScope): void {
    const edits = this.#edits;
    if (node.type === 'VariableDeclaration') this.#declaration(node, parent);
    else if (node.type === 'ForOfStatement') {
      const declaration = usingIn([node.left]);
      if (declaration) edits.close(node.end, `${this.end([declaration], scope)}}`);
    } else if (node.type === 'ForStatement') {
      if (isUsing(node.init)) edits.close(this.#labelled(node).end, `${this.end([node.init], scope)}}`);
    } else {
      const list = statementsOf(node);
      if (usingIn(list)) edits.close(node.end - 1, this.end(list, scope));
    }
  }

  /** Ends the block in which these statements stand. */
  end(statements: (Node | null)[], scope: FunctionScope): string {
    const { onCatch = () => '', wait = call => `await ${call}` } = this.#options;
    const awaited = statements.find(isAwaitUsing);
    const call = `${RESOURCES}.d()`;
    const disposal = awaited ? wait(call, awaited) : call;
    return `}catch(error){${onCatch(scope)}${RESOURCES}.e=error}finally{${disposal}}`;
  }

  #declaration(node: Declaration, parent: Node): void {
    if (!isUsing(node)) return;
    const edits = this.#edits;
    const first = node.declarations[0]!;
    if (parent.type !== 'Program') edits.blank(node.start, first.start, 'const ');
    if (parent.type === 'ForOfStatement' && parent.left === node) return;
    for (const { init } of node.declarations) if (init) edits.close(init.end, ')');
  }

  #labelled(loop: Node): Node {
    return this.#options.labelled?.(loop) ?? loop;
  }
}

type Declaration = Extract<Node, { type: 'VariableDeclaration' }>;

export function isUsing(node: Node | null): node is Declaration {
  return node?.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using');
}

export function isAwaitUsing(node: Node | null): boolean {
  return node?.type === 'VariableDeclaration' && node.kind === 'await using';
}

function usingIn(nodes: (Node | null)[]): Declaration | undefined {
  return nodes.find(isUsing);
}

function take(declaration: Declaration): string {
  return `${RESOURCES}.${isAwaitUsing(declaration) ? 'a' : 'u'}(`;
}

function statementsOf(node: Node): Node[] {
  return node.type === 'BlockStatement' || node.type === 'StaticBlock' ? node.body : [];
}
