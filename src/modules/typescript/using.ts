import type { Node } from 'oxc-parser';
import type { Edits } from './edits.ts';

const CONTEXT = '__using';

/**
 * Lowers `using` below the top level in place, for a Node that does not know it: the block around becomes a `try` whose
 * `finally` disposes. Errors while disposing suppress each other as the standard says; the helper sees to that.
 */
export class UsingLowering {
  readonly #edits: Edits;
  readonly #begin: string;

  /** `helpers` is the object that carries `usingCtx` where the code runs. */
  constructor(edits: Edits, helpers: string) {
    this.#edits = edits;
    this.#begin = `const ${CONTEXT}=${helpers}.usingCtx();`;
  }

  /** Before the children of a node are edited, as what is opened first stands outside. */
  enter(node: Node): void {
    const edits = this.#edits;
    if (node.type === 'ForOfStatement') {
      const declaration = usingIn([node.left]);
      if (!declaration) return;
      const { id } = declaration.declarations[0]!;
      const name = 'name' in id ? id.name : '';
      const add = `${CONTEXT}.${isAsync(declaration) ? 'a' : 'u'}(${name});`;
      edits.open(node.body.start, `{${this.#begin}${add}try{`);
    } else if (node.type === 'ForStatement') {
      if (isUsing(node.init)) edits.open(node.start, `{${this.#begin}try{`);
    } else {
      const list = statementsOf(node);
      if (!usingIn(list)) return;
      const last = list.findLast(statement => 'directive' in statement && statement.directive);
      const brace = edits.source.indexOf('{', node.start) + 1;
      edits.open(last ? last.end : brace, `;${this.#begin}try{`);
    }
  }

  leave(node: Node, parent: Node): void {
    const edits = this.#edits;
    if (node.type === 'VariableDeclaration') this.#declaration(node, parent);
    else if (node.type === 'ForOfStatement') {
      const declaration = usingIn([node.left]);
      if (declaration) edits.close(node.end, `${end(isAsync(declaration))}}`);
    } else if (node.type === 'ForStatement') {
      if (isUsing(node.init)) edits.close(node.end, `${end(isAsync(node.init))}}`);
    } else {
      const list = statementsOf(node);
      if (usingIn(list)) edits.close(node.end - 1, end(list.some(isAsync)));
    }
  }

  #declaration(node: Declaration, parent: Node): void {
    if (!isUsing(node) || parent.type === 'Program') return;
    const edits = this.#edits;
    const first = node.declarations[0]!;
    edits.blank(node.start, first.start, 'const ');
    if (parent.type === 'ForOfStatement' && parent.left === node) return;
    for (const { init } of node.declarations) {
      if (!init) continue;
      edits.open(init.start, `${CONTEXT}.${isAsync(node) ? 'a' : 'u'}(`);
      edits.close(init.end, ')');
    }
  }
}

type Declaration = Extract<Node, { type: 'VariableDeclaration' }>;

export function isUsing(node: Node | null): node is Declaration {
  return node?.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using');
}

function isAsync(node: Node | null): boolean {
  return node?.type === 'VariableDeclaration' && node.kind === 'await using';
}

function usingIn(nodes: (Node | null)[]): Declaration | undefined {
  return nodes.find(isUsing);
}

function statementsOf(node: Node): Node[] {
  return node.type === 'BlockStatement' || node.type === 'StaticBlock' || (node.type as string) === 'FunctionBody'
    ? (node as unknown as { body: Node[] }).body
    : [];
}

function end(isAsync: boolean): string {
  return `}catch(error){${CONTEXT}.e=error}finally{${isAsync ? 'await ' : ''}${CONTEXT}.d()}`;
}
