import type { Cells, Line } from './chart.ts';
import { BLUE, fade, INK } from './theme.ts';

/** Heights over a grid; `values[i][j]` is at `y[i]`, `x[j]`. */
export interface Heights {
  x: number[];
  y: number[];
  values: number[][];
}

/** Neighbours of one colour are drawn as one: a map of some thousand cells stays a small picture. */
const BANDS = 24;
const LINES = 9;

/**
 * A map of heights as marks: the higher, the stronger the blue, with contour lines. Heights that span more than a factor
 * of 30 are shown by their powers of ten, so that a valley is seen beside a mountain.
 */
export function relief({ x, y, values }: Heights, what: string): { marks: (Cells | Line)[]; log: boolean } {
  const finite = values.flat().filter(Number.isFinite);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  // A minimum of 0 has no power of ten: what is far below the usual is taken as if it were the same.
  const floor = Math.max(least, most * 1e-4);
  const log = least >= 0 && most / floor > 30;
  const height = (value: number) =>
    Number.isFinite(value) ? (log ? Math.log10(Math.max(value, floor)) : value) : Number.POSITIVE_INFINITY;
  const [low, high] = [height(least), height(most)];
  const heights = values.map(row => row.map(value => Math.min(height(value), high)));
  const step = (high - low) / BANDS || 1;
  const banded = heights.map(row =>
    row.map(value => low + (Math.min(BANDS - 1, Math.floor((value - low) / step)) + 0.5) * step),
  );
  const levels = Array.from({ length: LINES }, (_, i) => low + ((i + 1) * (high - low)) / (LINES + 1));
  const cells: Cells = {
    kind: 'cells',
    x,
    y,
    values: banded,
    scale: [
      { value: low, colour: fade(BLUE, 0.04) },
      { value: high === low ? low + 1 : high, colour: fade(BLUE, 0.5) },
    ],
    hover: log ? `log₁₀ ${what} %{z:.2f}` : `${what} %{z:.4g}`,
    gap: { x: 0, y: 0 },
  };
  const lines = levels.map((level): Line => {
    const line = contour({ x, y, values: heights }, level);
    return { kind: 'line', ...line, colour: INK, muted: true };
  });
  return { marks: [cells, ...lines], log };
}

/** Where the height is `level`: short pieces, with NaN between them (marching squares). */
export function contour({ x, y, values }: Heights, level: number): { x: number[]; y: number[] } {
  const found: { x: number[]; y: number[] } = { x: [], y: [] };
  for (let i = 0; i + 1 < y.length; i++)
    for (let j = 0; j + 1 < x.length; j++) {
      // The corners of a square, around it.
      const corners = [
        { x: x[j]!, y: y[i]!, height: values[i]![j]! },
        { x: x[j + 1]!, y: y[i]!, height: values[i]![j + 1]! },
        { x: x[j + 1]!, y: y[i + 1]!, height: values[i + 1]![j + 1]! },
        { x: x[j]!, y: y[i + 1]!, height: values[i + 1]![j]! },
      ];
      const crossings = corners.flatMap((from, side) => {
        const to = corners[(side + 1) % 4]!;
        if (from.height < level === to.height < level) return [];
        const share = (level - from.height) / (to.height - from.height);
        return [{ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }];
      });
      // Two sides are crossed, or all four of a pass.
      for (let side = 0; side + 1 < crossings.length; side += 2) {
        const [a, b] = [crossings[side]!, crossings[side + 1]!];
        found.x.push(short(a.x), short(b.x), Number.NaN);
        found.y.push(short(a.y), short(b.y), Number.NaN);
      }
    }
  return found;
}

/** Digits enough for a picture. */
function short(value: number): number {
  return Number(value.toPrecision(5));
}
