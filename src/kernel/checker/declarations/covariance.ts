import type { Edit } from './edits.ts';
import type { LibraryModule } from './library.ts';
import type { Statement } from './module.ts';

/** Classes whose one type parameter is covariant, by the id of the module that declares them. */
export type Covariant = Readonly<Record<string, readonly string[]>>;

/**
 * Says `out` of the type parameter of classes that are known to be covariant. Else TypeScript finds that out by comparing the
 * class with itself, member by member, in every cell that needs it: for a tensor with its 200 methods as long as all the rest.
 */
export function covariance({ id, statements, text }: LibraryModule, covariant: Covariant): Edit[] {
  const names = covariant[id] ?? [];
  return statements.flatMap(statement => {
    const node = classOf(statement);
    const [parameter, ...more] = node?.typeParameters?.params ?? [];
    if (!node?.id || !parameter || more.length > 0 || !names.includes(node.id.name)) return [];
    if (parameter.in || parameter.out || !isReadOut(text.slice(node.start, node.end), parameter.name.name)) return [];
    return [{ start: parameter.start, end: parameter.start, text: 'out ' }];
  });
}

function classOf(statement: Statement) {
  const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return node?.type === 'ClassDeclaration' ? node : undefined;
}

/** A property of just that type, or a base class of it: so it cannot be that the class accepts more than `out` says. */
function isReadOut(text: string, parameter: string): boolean {
  return new RegExp(`readonly \\w+: ${parameter};|extends \\w+<${parameter}>`).test(text);
}
