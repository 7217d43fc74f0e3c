import { assertTable, isMissing, type Table } from '../core/index.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { EMPTY, fade, RED } from './theme.ts';
import { formatCount, formatShare } from './ticks.ts';

/** More columns than this cannot be told apart: rows are joined in groups. */
const MAX_GROUPS = 172;

/**
 * Where values are missing: a band for each column, the rows from left to right. Columns that are missing together stand
 * out as marks one above the other.
 *
 * @example show(plot.missing(penguins));
 */
export function missing(frame: Table, options: Omit<PlotOptions, 'log' | 'xRange' | 'yRange'> = {}): Figure {
  assertTable('plot.missing(frame)', frame);
  assertOptions('plot.missing(frame, options)', options);
  const rows = frame.values as readonly unknown[][];
  const counts = frame.columns.map((_, place) => rows.filter(row => isMissing(row[place])).length);
  const size = Math.max(1, Math.ceil(rows.length / MAX_GROUPS));
  const groups = Math.ceil(rows.length / size);
  const firsts = Array.from({ length: groups }, (_, group) => group * size);

  const shares = frame.columns.map((_, place) =>
    firsts.map(first => {
      const members = rows.slice(first, first + size);
      return Number((members.filter(row => isMissing(row[place])).length / members.length).toFixed(3));
    }),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const height = options.height ?? 130 + 30 * Math.max(2, frame.columns.length);
  return createFigure({
    title: options.title ?? titleOf(total, rows.length * frame.columns.length),
    subtitle: options.subtitle ?? subtitleOf(frame.columns, counts, rows),
    x: { label: options.xLabel ?? 'row', plain: true, range: [-0.5, Math.max(1, rows.length) - 0.5] },
    y: {
      label: options.yLabel ?? 'column · missing values',
      scale: 'category',
      categories: frame.columns.map((column, place) => `${column} · ${counts[place]}`),
      plain: true,
      reversed: true,
    },
    marks: [
      {
        kind: 'cells',
        x: firsts.map(first => first + (size - 1) / 2),
        y: frame.columns.map((_, place) => place),
        values: shares,
        // A lone missing value shall be seen, so that the scale jumps from nothing to something.
        scale: [
          { value: 0, colour: EMPTY },
          { value: 1e-6, colour: fade(RED, 0.6) },
          { value: 1, colour: fade(RED, 1) },
        ],
        hover: size === 1 ? '%{y}, row %{x}' : '%{y}, near row %{x}: %{z:.0%} missing',
        gap: { x: 0, y: 5 },
      },
    ],
    height,
  });
}

function titleOf(total: number, cells: number): string {
  if (total === 0) return 'Nothing is missing';
  return `${total.toLocaleString('en')} of ${formatCount(cells, 'value')} ${total === 1 ? 'is' : 'are'} missing`;
}

function subtitleOf(
  columns: readonly string[],
  counts: readonly number[],
  rows: readonly (readonly unknown[])[],
): string | undefined {
  const most = Math.max(...counts);
  if (!(most > 0)) return undefined;
  const complete = rows.filter(row => !row.some(isMissing)).length;
  return `Most in ${columns[counts.indexOf(most)]} (${formatShare(most / rows.length)}); ${formatCount(complete, 'row')} of ${rows.length.toLocaleString('en')} ${complete === 1 ? 'is' : 'are'} complete`;
}
