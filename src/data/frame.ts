import { createRequire } from 'node:module';
import type { DataFrame } from 'danfojs-node';
import { columnIndex, describe, isMissing, kindOf, mismatch } from '../core/index.ts';
import { printsKnownClasses } from '../display/printed-classes.ts';

type Danfo = typeof import('danfojs-node');

/** danfojs costs most of a second to import: only those who need a new kind of frame pay it, once. */
export function danfo(): Danfo {
  const danfo = createRequire(import.meta.url)('danfojs-node') as Danfo;
  printsKnownClasses(danfo);
  return danfo;
}

/**
 * A data frame of named columns of the same length.
 *
 * @example data.frame({ hours: [1, 2, 3], passed: ['no', 'no', 'yes'] })
 */
export function frame(columns: Record<string, readonly unknown[]>): DataFrame {
  const names = Object.keys(columns);
  const lengths = names.map(name => columns[name]!.length);
  const odd = lengths.findIndex(length => length !== lengths[0]);
  if (odd > 0)
    throw mismatch({
      where: 'frame(columns)',
      expected: `columns of one length, ${describe(names[0])} has ${lengths[0]} values`,
      received: `${lengths[odd]} values in ${describe(names[odd])}`,
    });
  return createFrame(names, transpose(Object.values(columns), lengths[0] ?? 0));
}

/** From rows; the dtypes are read from all values, where danfojs reads the first 20 rows. */
export function createFrame(columns: string[], rows: unknown[][]): DataFrame {
  return construct(danfo().DataFrame, columns, rows);
}

/** A new frame with the rows at these positions, in this order. Like pandas, it keeps the labels of the rows. */
export function takeRows(source: DataFrame, positions: readonly number[]): DataFrame {
  const rows = rowsOf(source);
  const index = positions.map(position => source.index[position]!);
  return rebuild(
    source,
    source.columns,
    positions.map(position => rows[position]!.slice()),
    source.dtypes,
    index,
  );
}

/** A new frame in which these columns have new values; the others are copied. */
export function withColumns(source: DataFrame, changed: ReadonlyMap<string, readonly unknown[]>): DataFrame {
  const rows = rowsOf(source).map(row => [...row]);
  const dtypes = [...source.dtypes];
  for (const [name, values] of changed) {
    const column = columnIndex('withColumns', source, name);
    dtypes[column] = dtypeOf(values);
    values.forEach((value, row) => {
      rows[row]![column] = value;
    });
  }
  return rebuild(source, source.columns, rows, dtypes, source.index);
}

/** A new frame with more columns behind those that are there. */
export function addColumns(
  where: string,
  source: DataFrame,
  added: ReadonlyMap<string, readonly unknown[]>,
): DataFrame {
  const twice = [...added.keys()].find(name => source.columns.includes(name));
  if (twice !== undefined)
    throw mismatch({ where, expected: 'names that the frame does not have yet', received: describe(twice) });
  const columns = [...added.values()];
  const rows = rowsOf(source).map((row, place) => [...row, ...columns.map(values => values[place])]);
  return rebuild(
    source,
    [...source.columns, ...added.keys()],
    rows,
    [...source.dtypes, ...columns.map(dtypeOf)],
    source.index,
  );
}

/** A frame of other rows and columns, made by the class of `source`, so that danfojs need not be imported. */
export function frameLike(source: DataFrame, columns: string[], rows: unknown[][]): DataFrame {
  return construct(source.constructor as Danfo['DataFrame'], columns, rows);
}

export function rowsOf(source: DataFrame): unknown[][] {
  return source.values as unknown[][];
}

/** A label, not the storage: danfojs keeps JavaScript numbers, of 64 bits, under all of them. */
export function dtypeOf(values: readonly unknown[]): string {
  const kind = kindOf(values);
  if (kind === 'string' || kind === 'boolean') return kind;
  if (kind === 'mixed') return 'string';
  const whole = kind === 'number' && values.every(value => !isMissing(value) && Number.isInteger(value));
  return whole ? 'int32' : 'float32';
}

function rebuild(
  source: DataFrame,
  columns: string[],
  rows: unknown[][],
  dtypes: string[],
  index: (string | number)[],
): DataFrame {
  return construct(source.constructor as Danfo['DataFrame'], columns, rows, dtypes, index);
}

/** What danfojs 1.2.0 keeps its values in. */
interface Insides {
  $data: unknown[][];
  $dataIncolumnFormat: unknown[][];
  $setIndex(index?: (string | number)[]): void;
  $setDtypes(dtypes: string[]): void;
  $setColumnNames(names: string[]): void;
  $getColumnData(name: string): unknown;
  $setColumnData(name: string, values: unknown): void;
}

/**
 * danfojs keeps the arrays that it is given: names and labels are copied, the rows are the frame's own from here on. The
 * frame is filled after it is made: the constructor turns rows to columns slowly, and gives each frame accessors of its
 * own, by which the engine holds on to every frame, and all its rows, until the next full garbage collection.
 */
function construct(
  Frame: Danfo['DataFrame'],
  names: readonly string[],
  rows: unknown[][],
  dtypes?: readonly string[],
  index?: readonly (string | number)[],
): DataFrame {
  const columns = transpose(rows, names.length);
  const frame = new Frame([], { columns: [], dtypes: [] });
  const insides = frame as unknown as Insides;
  insides.$data = rows;
  insides.$dataIncolumnFormat = rows.length === 0 ? [] : columns;
  insides.$setIndex(index && [...index]);
  insides.$setDtypes(dtypes ? [...dtypes] : columns.map(dtypeOf));
  insides.$setColumnNames([...names]);
  for (const name of names) Object.defineProperty(frame, name, accessor(name));
  return frame;
}

const ACCESSORS = new Map<string, PropertyDescriptor & ThisType<Insides>>();

/** What makes `frame.name` its column, one for all frames. */
function accessor(name: string): PropertyDescriptor {
  let found = ACCESSORS.get(name);
  if (!found) {
    found = {
      get() {
        return this.$getColumnData(name);
      },
      set(values: unknown) {
        this.$setColumnData(name, values);
      },
    };
    ACCESSORS.set(name, found);
  }
  return found;
}

/** As many lists as the given ones have values, `length`. */
function transpose(lists: readonly (readonly unknown[])[], length: number): unknown[][] {
  return Array.from({ length }, (_, place) => {
    const values = new Array<unknown>(lists.length);
    for (let i = 0; i < lists.length; i++) values[i] = lists[i]![place];
    return values;
  });
}
