import { describe, mismatch } from '../core/index.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, fade, INK, RED } from './theme.ts';
import { formatNumber } from './ticks.ts';

export interface GridValues {
  /** The letter of each cell, row by row: `#` is a wall, `G` a goal, `X` a pit. */
  readonly cells: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** What each cell is worth. */
  readonly values: readonly number[];
  /** The best action of each cell: 0 up, 1 right, 2 down, 3 left. */
  readonly policy?: readonly number[];
}

const ARROWS = ['↑', '→', '↓', '←'];

/**
 * What each cell of a grid is worth, and where the policy goes from there.
 *
 * @example
 * const world = reinforcement.gridworld();
 * plot.gridValues({ ...world, ...reinforcement.valueIteration(world.model) });
 */
export function gridValues(grid: GridValues, options: Pick<PlotOptions, 'title' | 'subtitle' | 'height'> = {}): Figure {
  const where = 'plot.gridValues(grid)';
  assertOptions('plot.gridValues(grid, options)', options);
  const { cells, rows, columns, values, policy } = grid ?? {};
  if (!Array.isArray(cells) || cells.length !== rows * columns || values?.length !== cells.length)
    throw mismatch({
      where,
      expected: 'cells and values, rows × columns of each',
      received: `${describe(cells)} and ${describe(values)} for ${rows} × ${columns}`,
    });
  const inner = values.filter((_, state) => !isFixed(cells[state]!));
  const most = Math.max(1e-9, ...inner.map(Math.abs));
  const at = <T>(of: (state: number) => T): T[][] =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => of(row * columns + column)),
    );
  const textOf = (state: number) => {
    const cell = cells[state]!;
    if (cell === '#') return '';
    if (isFixed(cell)) return cell === 'G' ? 'goal' : 'pit';
    return `${policy ? `${ARROWS[policy[state]!] ?? ''} ` : ''}${formatNumber(values[state]!, 2)}`;
  };
  return createFigure({
    title: options.title ?? `Values from ${formatNumber(Math.min(...inner))} to ${formatNumber(Math.max(...inner))}`,
    subtitle: options.subtitle,
    x: { label: 'column', scale: 'category', categories: names(columns), plain: true },
    y: { label: 'row', scale: 'category', categories: names(rows), plain: true, reversed: true },
    marks: [
      {
        kind: 'cells',
        x: Array.from({ length: columns }, (_, i) => i),
        y: Array.from({ length: rows }, (_, i) => i),
        values: at(state => shadeOf(cells[state]!, values[state]! / most)),
        scale: [
          { value: -2, colour: fade(INK, 0.5) },
          { value: -1.0001, colour: fade(INK, 0.5) },
          { value: -1, colour: fade(RED, 0.45) },
          { value: 0, colour: fade(INK, 0.08) },
          { value: 1, colour: fade(BLUE, 0.45) },
        ],
        texts: at(textOf),
        notes: at(state => `state ${state}: ${textOf(state) || 'wall'}`),
        gap: { x: 3, y: 3 },
      },
    ],
    height: options.height ?? 130 + 62 * rows,
  });
}

function isFixed(cell: string): boolean {
  return cell === '#' || cell === 'G' || cell === 'X';
}

/** Walls lie below the scale of values. */
function shadeOf(cell: string, value: number): number {
  return cell === '#' ? -2 : cell === 'G' ? 1 : cell === 'X' ? -1 : value;
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i));
}
