import type { ForOfStatement, Node, TryStatement } from 'oxc-parser';
import { type Edits, type FunctionScope, skipTrivia } from '../../modules/index.ts';
import { RUNTIME } from './parse.ts';

/** What knows where the function around waits: an `Activation`. */
export const ACTIVATION = '__await';

const NEVER = `await ${RUNTIME}.never;`;

/** What the body of a function, or the cell, is put into when it awaits. */
export const AWAITING = {
  begin: 'try{',
  end: `}catch(__error){if(${ACTIVATION}.threw(__error))${NEVER}throw __error}finally{${ACTIVATION}.end()}`,
};

/** Code for `await value`. The value itself is awaited, so that all goes on in the same turn as it would in a module. */
export function awaiting(value: string, offset: number): [before: string, call: string] {
  return [`${ACTIVATION}.done(`, `await ${ACTIVATION}.on(${value},${offset}))`];
}

/** Code that comes first where `error` was caught. An interrupted cell stops there; its own handlers never run. */
export function onCatch({ isAsync, waits }: FunctionScope, error = 'error'): string {
  return isAsync && waits ? `if(${ACTIVATION}.threw(${error}))${NEVER}` : `${RUNTIME}.caught(${error});`;
}

/**
 * Lets the evaluator take part where a cell waits: `await x` becomes `__await.done(await __await.on(x,17))`, which knows where
 * it stood and never goes on in a cell that was interrupted.
 */
export class AwaitRewriting {
  readonly #edits: Edits;
  readonly #cell: string;
  /** Where the text that is edited begins in the cell. */
  readonly #base: number;
  readonly #labelled: (loop: Node) => Node;

  constructor(edits: Edits, { cell, base, labelled }: { cell: string; base: number; labelled: (loop: Node) => Node }) {
    this.#edits = edits;
    this.#cell = cell;
    this.#base = base;
    this.#labelled = labelled;
  }

  /** The code that awaits a call that disposes, at the place of a node. */
  disposal(call: string, { start }: Node): string {
    return `await ${ACTIVATION}.on(${call},${this.#base + start});${ACTIVATION}.step()`;
  }

  enter(node: Node, scope: FunctionScope): void {
    const edits = this.#edits;
    if (node.type === 'AwaitExpression') {
      scope.waits = true;
      edits.open(node.start, `${ACTIVATION}.done(`);
      edits.open(node.argument.start, ` ${ACTIVATION}.on(`); // there may be no space in the source
    } else if (node.type === 'ForOfStatement' && node.await) {
      scope.waits = true;
      edits.open(this.#labelled(node).start, '{');
      edits.open(node.right.start, ` ${ACTIVATION}.over(`);
      edits.open(node.body.start, `{${ACTIVATION}.step();try{`);
    } else if (node.type === 'VariableDeclaration' && node.kind === 'await using') scope.waits = true;
  }

  leave(node: Node, scope: FunctionScope, inner: FunctionScope | undefined): void {
    const edits = this.#edits;
    switch (node.type) {
      case 'AwaitExpression':
        edits.close(node.argument.end, `,${this.#base + node.start}))`);
        break;
      case 'ForOfStatement':
        if (node.await) this.#loop(node);
        break;
      case 'TryStatement':
        this.#try(node, scope);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (inner?.isAsync && inner.waits && node.body) this.#body(node.body);
        break;
      default:
    }
  }

  #loop(node: ForOfStatement): void {
    const place = this.#base + node.start;
    const { right } = node;
    const text = this.#edits.source.slice(right.start, right.end);
    const shown = /^[\p{ID_Continue}$.]+$/u.test(text) ? text : '(intermediate value)';
    this.#edits.close(right.end, `,${place},${JSON.stringify(shown)})`);
    this.#edits.close(node.body.end, `}finally{${ACTIVATION}.again(${place})}}`);
    this.#edits.close(this.#labelled(node).end, `${ACTIVATION}.step();}`);
  }

  #try({ handler, finalizer }: TryStatement, scope: FunctionScope): void {
    const edits = this.#edits;
    if (finalizer && scope.isAsync && scope.waits) {
      edits.close(finalizer.start + 1, `if(${ACTIVATION}.isOver)${NEVER}`);
    }
    if (!handler) return;
    const { param, body } = handler;
    if (param?.type === 'Identifier') edits.close(body.start + 1, onCatch(scope, param.name));
    else if (!param) {
      edits.close(body.start, '(__error)');
      edits.close(body.start + 1, onCatch(scope, '__error'));
    } else {
      // A pattern is taken apart a step later.
      edits.open(param.start, `__error){${onCatch(scope, '__error')}let `);
      const closing = skipTrivia(edits.source, param.end);
      edits.replace(closing, closing + 1, '=__error;');
      edits.close(body.end, '}');
    }
  }

  #body(body: Node): void {
    const edits = this.#edits;
    const begin = `const ${ACTIVATION}=${RUNTIME}.activation(${JSON.stringify(this.#cell)});${AWAITING.begin}`;
    if (body.type === 'BlockStatement') {
      edits.close(body.start + 1, begin);
      edits.close(body.end - 1, AWAITING.end);
    } else {
      edits.close(body.start, `{${begin}return `);
      edits.close(body.end, `${AWAITING.end}}`);
    }
  }
}
