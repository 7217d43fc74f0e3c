import { describe, mismatch, nearest } from '../../core/index.ts';
import type { Dataset } from './dataset.ts';
import { iris } from './iris.ts';
import { penguins, penguinsRaw } from './penguins.ts';

export type { Column, ColumnContent, Dataset } from './dataset.ts';

/** All datasets by name: source, licence, columns with units, known faults. */
export const catalogue = { penguins, 'penguins-raw': penguinsRaw, iris } as const satisfies Record<string, Dataset>;

export type DatasetName = keyof typeof catalogue;

/** The entry of one dataset; a name that is not there is an error that offers the nearest ones. */
export function entryOf(where: string, name: string): Dataset {
  if (Object.hasOwn(catalogue, name)) return catalogue[name as DatasetName];
  const names = Object.keys(catalogue);
  const close = typeof name === 'string' ? nearest(name, names) : [];
  throw mismatch({
    where,
    expected: `one of ${names.map(choice => `'${choice}'`).join(', ')}`,
    received: describe(name),
    hint: close.length > 0 ? `Did you mean ${close.map(choice => `'${choice}'`).join(' or ')}?` : undefined,
  });
}
