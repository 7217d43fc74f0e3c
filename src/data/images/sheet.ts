import type { Pixels } from './image.ts';
import type { LabelledPixels } from './image-set.ts';

/** Pictures of a set side by side; `undefined` leaves a place free. */
export function sheetOf(
  set: LabelledPixels,
  positions: readonly (number | undefined)[],
  { columns, gap = 2 }: { columns: number; gap?: number },
): Pixels {
  const { height, width, channels, white = 255 } = set;
  const scale = Math.max(1, Math.round(40 / Math.max(height, width)));
  const rows = Math.ceil(positions.length / columns);
  const cell = { height: height * scale + gap, width: width * scale + gap };
  const whole = { height: rows * cell.height - gap, width: Math.min(columns, positions.length) * cell.width - gap };
  // Of an even number of channels the last is alpha: free places are then transparent, else mid-grey.
  const pixels = new Uint8Array(whole.height * whole.width * channels).fill(channels % 2 === 0 ? 0 : 128);
  positions.forEach((position, place) => {
    if (position === undefined) return;
    const from = position * height * width * channels;
    const top = Math.floor(place / columns) * cell.height;
    const left = (place % columns) * cell.width;
    for (let y = 0; y < height * scale; y++)
      for (let x = 0; x < width * scale; x++) {
        const source = from + (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
        const target = ((top + y) * whole.width + left + x) * channels;
        for (let c = 0; c < channels; c++) pixels[target + c] = Math.round((set.pixels[source + c]! * 255) / white);
      }
  });
  return { pixels, ...whole, channels };
}

/** A row for each class with its first pictures, `undefined` where it has no more. */
export function examplesByClass({ labels, classes }: LabelledPixels, each: number): (number | undefined)[] {
  const byClass = classes.map((): number[] => []);
  labels.forEach((label, position) => {
    if (byClass[label]!.length < each) byClass[label]!.push(position);
  });
  return byClass.filter(row => row.length > 0).flatMap(row => Array.from({ length: each }, (_, place) => row[place]));
}
