import type { Node } from 'oxc-parser';
import { partsOf } from './module.ts';

/**
 * The names that declarations refer to and that may be those of other declarations: not of members and parameters. They may
 * be too many, never too few.
 */
export function mentioned(node: Node, names = new Set<string>()): Set<string> {
  if (node.type === 'Identifier') names.add(node.name);
  for (const [key, part] of partsOf(node)) {
    if (part.type !== 'Identifier' || !isLabel(node, key)) mentioned(part, names);
    else if (part.typeAnnotation) mentioned(part.typeAnnotation, names);
  }
  return names;
}

/** Whether a part of a node names something, rather than to refer to it. */
function isLabel(node: Node, key: string): boolean {
  switch (key) {
    case 'key':
    case 'property':
      return !('computed' in node && node.computed);
    case 'right':
      return node.type === 'TSQualifiedName';
    case 'params':
      return node.type !== 'TSTypeParameterInstantiation';
    case 'argument':
      return node.type === 'RestElement';
    case 'qualifier':
    case 'parameters':
    case 'parameterName':
    case 'label':
    case 'exported':
    case 'imported':
      return true;
    default:
      return false;
  }
}
