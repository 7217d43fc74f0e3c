import { type Node, visitorKeys } from 'oxc-parser';

/** The node's children with the names of their places, in the order of the source. */
export function childrenOf(node: Node): [child: Node, key: string, index: number][] {
  const children: [Node, string, number][] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (Array.isArray(child)) {
      for (let index = 0; index < child.length; index++)
        if (child[index]) children.push([child[index] as Node, key, index]);
    } else if (child) children.push([child, key, 0]);
  }
  return children;
}

/** True if the node, or one within it, is such a one. No call for each level, as code may be nested deeply. */
export function someNode(root: Node, isSuch: (node: Node) => boolean | 'skip'): boolean {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const found = isSuch(node);
    if (found === true) return true;
    if (found !== 'skip') for (const [child] of childrenOf(node)) waiting.push(child);
  }
  return false;
}
