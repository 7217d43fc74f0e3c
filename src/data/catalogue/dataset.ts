/** What the values of a column are: measured, one of a few names, a day, free text, or a name of the thing itself. */
export type ColumnContent = 'number' | 'category' | 'date' | 'text' | 'identifier';

export interface Column {
  name: string;
  content: ColumnContent;
  unit?: string;
  about?: string;
}

/** One entry of the catalogue: what `data.load` needs, and what a learner should know before using the data. */
export interface Dataset {
  title: string;
  /** Relative to `datasets/`. */
  file: string;
  /** Of the file's bytes, in hexadecimal. */
  sha256: string;
  rows: number;
  source: string;
  licence: string;
  columns: readonly Column[];
  /** Known faults: what bites those who trust the data. */
  faults: readonly string[];
  /** Texts that stand for a missing value. Default: the empty text and `NA`. */
  missing?: readonly string[];
}
