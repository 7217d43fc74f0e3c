import type { io } from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import { describe, mismatch, nearest } from '../core/index.ts';
import type { Dataset } from './catalogue/dataset.ts';
import { type catalogue, type DatasetName, entryOf } from './catalogue/index.ts';
import { READERS } from './files/readers.ts';
import { readVerified } from './files/verify.ts';
import type { Image } from './images/image.ts';
import type { ImageSet } from './images/image-set.ts';

/** A mail as counts of its words. */
export interface Mail {
  label: 'ham' | 'spam';
  /** The part of the corpus that it is from. */
  source: string;
  words: Record<string, number>;
}

/** What `data.load` gives for each name. */
export interface Datasets {
  penguins: DataFrame;
  'penguins-raw': DataFrame;
  iris: DataFrame;
  wine: DataFrame;
  'breast-cancer': DataFrame;
  sacramento: DataFrame;
  titanic: DataFrame;
  'reported-heights': DataFrame;
  birdstrikes: DataFrame;
  'german-credit': DataFrame;
  'ucb-admissions': DataFrame;
  'fine-foods': { train: DataFrame; test: DataFrame };
  afinn: DataFrame;
  spam: Mail[];
  'moby-dick': string;
  digits: ImageSet;
  'fashion-mnist': { train: ImageSet; test: ImageSet };
  emoji: { google: ImageSet; twitter: ImageSet };
  photos: { chelsea: Image; coffee: Image; astronaut: Image };
  /** For `tf.loadGraphModel(tf.io.fromMemory(…))`. */
  nanodet: io.ModelArtifacts;
}

/**
 * Loads a dataset of the catalogue: a table as a danfojs DataFrame, pictures as an image set, a book as a string; of
 * those that come in parts, an object with a name for each. In frames, missing values are NaN in columns of numbers and
 * null in all others. Each call gives new values.
 *
 * Throws on an unknown name, and when a file is missing or is not the file of the catalogue, by its SHA-256.
 *
 * @example const penguins = await data.load('penguins');
 * @example const { train: fitting, test } = await data.load('fashion-mnist');
 */
export async function load<Name extends DatasetName>(name: Name): Promise<Datasets[Name]> {
  const entry: Dataset = entryOf('data.load(name)', name);
  return (await READERS[entry.kind](name, entry as never)) as Datasets[Name];
}

/**
 * The bytes of one file of a dataset, checked as `data.load` does: for your own ways to read it.
 *
 * @example const bytes = await data.file('photos', 'chelsea.png');
 */
export async function file<Name extends DatasetName>(
  dataset: Name,
  name: keyof (typeof catalogue)[Name]['files'] & string,
): Promise<Uint8Array> {
  const { files }: Dataset = entryOf('data.file(dataset, name)', dataset);
  if (Object.hasOwn(files, name)) return readVerified(dataset, name, files[name]!);
  const [close] = nearest(name, Object.keys(files), 1);
  throw mismatch({
    where: `data.file('${dataset}', name)`,
    expected: `one of ${Object.keys(files).join(', ')}`,
    received: describe(name),
    hint: close && `Did you mean '${close}'?`,
  });
}
