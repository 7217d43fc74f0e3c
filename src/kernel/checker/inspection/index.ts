import type { LoadedCell } from '../cell.ts';
import { isInComment } from '../syntax.ts';
import type { Description, DetailLevel, Inspection } from '../types.ts';
import { callAround } from './call.ts';
import { definitionOf, type SourceHost } from './definition.ts';
import { describe } from './describe.ts';
import { documentationOf, noDocumentation } from './documentation.ts';
import { type Name, nameAt, valuePath } from './name.ts';

/** What is known of the name at an offset of the cell, and of the call around it. */
export function inspectAt(
  cell: LoadedCell,
  offset: number,
  detail: DetailLevel,
  host: SourceHost,
): Inspection | undefined {
  const position = cell.prefixLength + offset;
  if (isInComment(cell.file, position)) return undefined;
  const named = nameAt(cell, position);
  const call = callAround(cell, position);
  if (!named && !call) return undefined;
  const path = named && detail > 0 ? valuePath(cell, named) : undefined;
  const name = named && { ...describeName(cell, named, detail, host), ...(path ? { path } : {}) };
  if (!call) return { name };
  const { text, parameter } = call;
  const called = call.name && describeName(cell, call.name, detail, host);
  const { documentation, definition } = called ?? { documentation: noDocumentation() };
  return { name, call: { text, parameter, documentation, definition } };
}

function describeName(cell: LoadedCell, name: Name, detail: DetailLevel, host: SourceHost): Description {
  const { text, called } = describe(cell, name);
  const documentation = documentationOf(cell, name.origin, called?.declaration?.resolve(cell.project));
  return { text, documentation, definition: detail > 0 ? definitionOf(cell, name.origin, host) : undefined };
}
