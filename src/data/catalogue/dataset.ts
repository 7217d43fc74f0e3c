/** What the values of a column are: measured, one of a few names, a day, free text, or a name of the thing itself. */
export type ColumnContent = 'number' | 'category' | 'date' | 'text' | 'identifier' | 'counts';

export interface Column {
  name: string;
  content: ColumnContent;
  unit?: string;
  about?: string;
}

/** What bites those who trust the data. */
export type FaultKind =
  | 'missing'
  | 'duplicates'
  | 'spelling'
  | 'units'
  | 'range'
  | 'coding'
  | 'constant'
  | 'text'
  | 'imbalance'
  | 'dependence'
  | 'leak'
  | 'bias'
  | 'unknown';

export interface Fault {
  kind: FaultKind;
  /** The column or the part that has it, if it is one. */
  column?: string;
  /** How many values, rows or files; counted anew by a test. */
  count?: number;
  about: string;
}

interface Described {
  title: string;
  source: string;
  licence: string;
  /** The files in `datasets/NAME/data/`, each with the SHA-256 of its bytes in hexadecimal: `data.load` checks them. */
  files: Readonly<Record<string, string>>;
  /** Known faults: what bites those who trust the data. */
  faults: readonly Fault[];
}

interface Columns {
  columns: readonly Column[];
  /** Texts that stand for a missing value. Default: the empty text and `NA`. */
  missing?: readonly string[];
}

/** One CSV file; `data.load` gives a frame. */
export interface TableDataset extends Described, Columns {
  kind: 'table';
  rows: number;
}

/** CSV files of the same columns, such as train and test; `data.load` gives a frame for each. */
export interface TablePartsDataset extends Described, Columns {
  kind: 'table-parts';
  parts: Readonly<Record<string, { file: string; rows: number }>>;
}

/** A JSON object a line; `data.load` gives a list of them. */
export interface RecordsDataset extends Described {
  kind: 'records';
  rows: number;
  columns: readonly Column[];
}

/** A book; `data.load` gives a string. */
export interface TextDataset extends Described {
  kind: 'text';
  /** Code units of the string, its `length`. */
  characters: number;
}

export interface ImageShape {
  height: number;
  width: number;
  channels: 1 | 3;
  /** The value of full brightness. */
  white: number;
  classes: readonly string[];
}

/** Pictures and their labels in the idx format of MNIST; `data.load` gives an image set. */
export interface ImagesDataset extends Described, ImageShape {
  kind: 'images';
  count: number;
}

/** Image sets of the same shape, such as train and test. */
export interface ImagePartsDataset extends Described, ImageShape {
  kind: 'image-parts';
  parts: Readonly<Record<string, { images: string; labels: string; count: number }>>;
}

/** Single pictures by name. */
export interface PhotosDataset extends Described {
  kind: 'photos';
  photos: Readonly<Record<string, { file: string; height: number; width: number; about: string }>>;
}

/** A trained TensorFlow.js model; `data.load` gives what `tf.io.fromMemory` takes. */
export interface ModelDataset extends Described {
  kind: 'model';
  model: string;
  parameters: number;
  /** Of the input, such as [1, 3, 416, 416]. */
  input: readonly number[];
}

/** One entry of the catalogue: what `data.load` needs, and what a learner should know before using the data. */
export type Dataset =
  | TableDataset
  | TablePartsDataset
  | RecordsDataset
  | TextDataset
  | ImagesDataset
  | ImagePartsDataset
  | PhotosDataset
  | ModelDataset;
