import { describe, mismatch, nearest } from './errors.ts';

/** What a plot or a report needs of a data frame; a danfojs DataFrame is one. */
export interface Table {
  readonly columns: readonly string[];
  /** The rows. */
  readonly values: readonly unknown[];
}

/** Missing: NaN among numbers, null or undefined among all else. An empty text is a value. */
export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}

export function isTable(value: unknown): value is Table {
  if (value === null || typeof value !== 'object') return false;
  const { columns, values } = value as Partial<Table>;
  return Array.isArray(columns) && Array.isArray(values) && (values.length === 0 || Array.isArray(values[0]));
}

export function assertTable(where: string, value: unknown): asserts value is Table {
  if (isTable(value)) return;
  throw mismatch({
    where,
    expected: 'a data frame',
    received: value instanceof Promise ? 'a promise' : describe(value),
    hint: value instanceof Promise ? "Wait for it: await data.load('penguins')." : undefined,
  });
}

/** The place of a column; a name that is not there is an error that offers the nearest ones. */
export function columnIndex(where: string, table: Table, column: string): number {
  assertTable(where, table);
  const index = table.columns.indexOf(column);
  if (index >= 0) return index;
  const close = typeof column === 'string' ? nearest(column, table.columns) : [];
  throw mismatch({
    where,
    expected: `one of the columns ${table.columns.join(', ')}`,
    received: describe(column),
    hint: close.length > 0 ? `Did you mean ${close.map(name => `'${name}'`).join(' or ')}?` : undefined,
  });
}

/** All values of one column, missing ones included. */
export function columnValues(where: string, table: Table, column: string): unknown[] {
  const index = columnIndex(where, table, column);
  return (table.values as readonly unknown[][]).map(row => row[index]);
}

export type ColumnKind = 'number' | 'string' | 'boolean' | 'mixed' | 'empty';

/** What kind of values are there, missing ones aside. Looks at all of them, not at the first few. */
export function kindOf(values: readonly unknown[]): ColumnKind {
  let kind: ColumnKind = 'empty';
  for (const value of values) {
    if (isMissing(value)) continue;
    const type = typeof value;
    if (type !== 'number' && type !== 'string' && type !== 'boolean') return 'mixed';
    if (kind === 'empty') kind = type;
    else if (kind !== type) return 'mixed';
  }
  return kind;
}

/** The numbers of one column, NaN where one is missing. */
export function columnNumbers(where: string, table: Table, column: string): number[] {
  const values = columnValues(where, table, column);
  const kind = kindOf(values);
  if (kind === 'number' || kind === 'empty')
    return values.map(value => (isMissing(value) ? Number.NaN : (value as number)));
  const example = values.find(value => !isMissing(value) && typeof value !== 'number');
  const such = kind === 'mixed' ? 'other values among the numbers, such as' : `${kind}s such as`;
  throw mismatch({
    where,
    expected: 'a numeric column',
    received: `${such} ${describe(example)}`,
    hint:
      kind === 'string'
        ? `Encode it first: data.fitPreparation(frame, { categorical: 'one-hot', … }), or leave '${column}' out.`
        : `Convert them first, or leave '${column}' out.`,
  });
}
