import { describe, mismatch, nearest } from '../../core/index.ts';
import type { Dataset } from './dataset.ts';
import { digits, emoji, fashionMnist, photos } from './images.ts';
import { iris } from './iris.ts';
import { germanCredit } from './loans.ts';
import { breastCancer, wine } from './measurements.ts';
import { nanodet } from './models.ts';
import { penguins, penguinsRaw } from './penguins.ts';
import { reportedHeights, titanic, ucbAdmissions } from './people.ts';
import { birdstrikes, sacramento } from './places.ts';
import { afinn, fineFoods, mobyDick, spam } from './texts.ts';

export type { Column, ColumnContent, Dataset, Fault, FaultKind } from './dataset.ts';

/** All datasets by name: source, licence, columns with units, known faults. */
export const catalogue = {
  penguins,
  'penguins-raw': penguinsRaw,
  iris,
  wine,
  'breast-cancer': breastCancer,
  sacramento,
  titanic,
  'reported-heights': reportedHeights,
  birdstrikes,
  'german-credit': germanCredit,
  'ucb-admissions': ucbAdmissions,
  'fine-foods': fineFoods,
  afinn,
  spam,
  'moby-dick': mobyDick,
  digits,
  'fashion-mnist': fashionMnist,
  emoji,
  photos,
  nanodet,
} as const satisfies Record<string, Dataset>;

export type DatasetName = keyof typeof catalogue;

/** The entry of one dataset; a name that is not there is an error that offers the nearest ones. */
export function entryOf<Name extends DatasetName>(where: string, name: Name): (typeof catalogue)[Name] {
  if (Object.hasOwn(catalogue, name)) return catalogue[name];
  const names = Object.keys(catalogue);
  const close = typeof name === 'string' ? nearest(name, names) : [];
  throw mismatch({
    where,
    expected: `one of ${names.map(choice => `'${choice}'`).join(', ')}`,
    received: describe(name),
    hint: close.length > 0 ? `Did you mean ${close.map(choice => `'${choice}'`).join(' or ')}?` : undefined,
  });
}
