import { getTokenAtPosition, type Node, type SourceFile } from 'typescript/unstable/ast';
import type { Project } from 'typescript/unstable/sync';

/** A cell in its slot, as TypeScript has read it. Positions are the slot's: the cell begins after a line in front. */
export interface LoadedCell {
  project: Project;
  path: string;
  file: SourceFile;
  source: string;
  /** Length of the line in front. */
  prefixLength: number;
}

/** The node around a position that the test accepts, the smallest first. */
export function around<T extends Node>(
  file: SourceFile,
  position: number,
  test: (node: Node) => node is T,
): T | undefined {
  for (let node: Node | undefined = getTokenAtPosition(file, position); node; node = node.parent) {
    if (test(node)) return node;
  }
  return undefined;
}
