import type { Node } from 'oxc-parser';
import type { Edits } from '../../modules/index.ts';
import { RUNTIME } from './parse.ts';

/**
 * Lets the evaluator take part where a cell waits or imports: `await x` becomes `await __cell.wait(x,"cell 3",17,true)`, which
 * never goes on in a cell that was interrupted, and knows where it stood. `depth` counts the functions around the node. Tells
 * whether the node waits.
 */
export function rewriteRuntimeCalls(node: Node, edits: Edits, cell: string, depth: number): 'await' | undefined {
  const place = `${JSON.stringify(cell)},${node.start},${depth === 0}`;
  switch (node.type) {
    case 'AwaitExpression':
      edits.open(node.argument.start, `${RUNTIME}.wait(`);
      edits.close(node.argument.end, `,${place})`);
      return 'await';
    case 'ForOfStatement':
      if (!node.await) return undefined;
      edits.open(node.right.start, `${RUNTIME}.iterate(`);
      edits.close(node.right.end, `,${place})`);
      return 'await';
    case 'ImportExpression':
      edits.replace(node.start, node.start + 'import'.length, `${RUNTIME}.import`);
      return undefined;
    case 'MetaProperty':
      if (node.meta.name === 'import') edits.replace(node.start, node.end, `${RUNTIME}.meta`);
      return undefined;
    default:
      return undefined;
  }
}
