import papaparse from 'papaparse';
import { describe, mismatch } from '../../core/index.ts';
import type { ImageShape } from '../catalogue/dataset.ts';
import { overWhite } from '../images/alpha.ts';
import type { Pixels } from '../images/image.ts';
import { type ImageSet, imageSet } from '../images/image-set.ts';

/** Pictures side by side in one, in the order of a table with their `name` and `label`; what is transparent becomes white. */
export function sheetToSet(where: string, sheet: Pixels, table: string, shape: ImageShape): ImageSet {
  const { height, width, classes } = shape;
  const { data: rows } = papaparse.parse<{ name: string; label: string }>(table, {
    header: true,
    skipEmptyLines: true,
  });
  const { pixels, channels } = overWhite(sheet);
  const columns = Math.floor(sheet.width / width);
  if (channels !== shape.channels || columns * Math.floor(sheet.height / height) < rows.length)
    throw mismatch({
      where,
      expected: `a sheet of ${rows.length} pictures of ${width} × ${height} and ${shape.channels} channels`,
      received: `${sheet.width} × ${sheet.height} pixels of ${channels}`,
    });

  const line = width * channels;
  const taken = new Uint8Array(rows.length * height * line);
  rows.forEach((_, place) => {
    const left = (place % columns) * width;
    const top = Math.floor(place / columns) * height;
    for (let y = 0; y < height; y++) {
      const from = ((top + y) * sheet.width + left) * channels;
      taken.set(pixels.subarray(from, from + line), (place * height + y) * line);
    }
  });
  const labels = rows.map(({ label }) => {
    const number = classes.indexOf(label);
    if (number >= 0) return number;
    throw mismatch({ where, expected: `one of ${classes.join(', ')}`, received: describe(label) });
  });
  return imageSet({ pixels: taken, height, width, channels, labels, classes, names: rows.map(({ name }) => name) });
}
