import { assertInteger, type Features, mismatch, readFeatures } from '../core/index.ts';
import type { Cells } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { formatCount, formatNumber } from './ticks.ts';

export interface ReconstructionsOptions extends Pick<PlotOptions, 'title' | 'subtitle' | 'height'> {
  /** In pixels of the pictures. */
  shape: readonly [height: number, width: number];
  /** So many pictures, the first ones. Default 8. */
  most?: number;
}

/** Shades of grey: neighbours of one shade are drawn as one, so that the picture stays small. */
const SHADES = 32;

/**
 * Grey pictures beside what a model made of them: the originals in the upper row, their reconstructions in the lower one.
 * All have the same scale of grey, from the darkest to the brightest original.
 *
 * originals, reconstructions: (pictures, height · width).
 *
 * @example
 * const x = [[0, 1, 1, 0], [1, 0, 0, 1], [0, 1, 0, 1]];
 * const model = unsupervised.pca(x, { components: 1 });
 * plot.reconstructions(x, model.inverse(model.transform(x)), { shape: [2, 2] })
 */
export function reconstructions(originals: Features, made: Features, options: ReconstructionsOptions): Figure {
  const where = 'plot.reconstructions(originals, reconstructions)';
  assertOptions('plot.reconstructions(…, options)', options ?? {}, ['shape', 'most']);
  const { shape, most = 8 } = options ?? {};
  if (!Array.isArray(shape) || shape.length !== 2)
    throw mismatch({ where: 'plot.reconstructions({ shape })', expected: '[height, width]', received: String(shape) });
  const [height, width] = shape as [number, number];
  for (const side of shape) assertInteger('plot.reconstructions({ shape })', side, { min: 1 });
  assertInteger('plot.reconstructions({ most })', most, { min: 1, max: 20 });
  const rows = [originals, made].map(pictures => readFeatures(where, pictures));
  const [before, after] = rows as [(typeof rows)[0], (typeof rows)[0]];
  for (const { rows: count, columns } of rows)
    if (columns !== height * width || count !== before.rows)
      throw mismatch({
        where,
        expected: `${before.rows} pictures of ${height} × ${width} = ${height * width} numbers, twice`,
        received: `${count} of ${columns} numbers`,
      });
  const count = Math.min(most, before.rows);
  const [low, high] = extremes(before.values);
  const picture = (values: Float64Array, place: number, line: number): Cells => ({
    kind: 'cells',
    x: Array.from({ length: width }, (_, column) => place * width * 1.08 + column + 0.5),
    y: Array.from({ length: height }, (_, row) => -line * height * 1.08 - row - 0.5),
    values: Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (_, column) => {
        const share = (values[(place * height + row) * width + column]! - low) / (high - low || 1);
        return Math.round(Math.min(1, Math.max(0, share)) * SHADES) / SHADES;
      }),
    ),
    scale: [
      { value: 0, colour: '#101216' },
      { value: 1, colour: '#f4f5f6' },
    ],
    hover: '%{z:.2f}',
    gap: { x: 0, y: 0 },
  });
  const places = Array.from({ length: count }, (_, place) => place);
  const across = (count - 1) * width * 1.08 + width;
  const error = meanSquaredError(before.values, after.values);
  return createFigure({
    title: options.title ?? `${formatCount(count, 'picture')} and what came back`,
    subtitle: options.subtitle ?? `Originals above, reconstructions below; mean squared error ${formatNumber(error)}`,
    x: { label: '', range: [-0.02 * across, 1.02 * across], hidden: true },
    y: { label: '', range: [-2.1 * height, 0.02 * height], hidden: true },
    marks: [
      ...places.map(place => picture(before.values, place, 0)),
      ...places.map(place => picture(after.values, place, 1)),
    ],
    // Square pixels at the width of a notebook's cell.
    height: options.height ?? Math.round(90 + Math.min(360, (2.12 * height * 684) / (1.04 * across))),
  });
}

function extremes(values: Float64Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function meanSquaredError(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum / a.length;
}
