import type { Pixels } from './image.ts';

/**
 * 'bilinear': between the four nearest pixels, their centres aligned, as PyTorch's interpolate and TensorFlow with half
 * pixel centres; 'area': the mean of all that a new pixel covers; 'nearest': one pixel, unmixed.
 */
export type ResizeKind = 'bilinear' | 'area' | 'nearest';

/** Along one axis: from which places each new pixel is mixed, and by which shares. */
interface Mix {
  starts: Int32Array;
  places: Int32Array;
  shares: Float64Array;
}

/** One axis after the other: the mean of a rectangle is the mean of the means of its rows. */
export function resampled(
  { pixels, height, width, channels }: Pixels,
  newHeight: number,
  newWidth: number,
  kind: ResizeKind,
): Pixels {
  const across = mixOf(width, newWidth, kind);
  const down = mixOf(height, newHeight, kind);
  const narrow = new Float64Array(height * newWidth * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < newWidth; x++)
      for (let i = across.starts[x]!; i < across.starts[x + 1]!; i++) {
        const from = (y * width + across.places[i]!) * channels;
        const to = (y * newWidth + x) * channels;
        for (let c = 0; c < channels; c++) narrow[to + c]! += pixels[from + c]! * across.shares[i]!;
      }
  const line = newWidth * channels;
  const result = new Uint8Array(newHeight * line);
  const sums = new Float64Array(line);
  for (let y = 0; y < newHeight; y++) {
    sums.fill(0);
    for (let i = down.starts[y]!; i < down.starts[y + 1]!; i++) {
      const from = down.places[i]! * line;
      const share = down.shares[i]!;
      for (let x = 0; x < line; x++) sums[x]! += narrow[from + x]! * share;
    }
    for (let x = 0; x < line; x++) result[y * line + x] = Math.round(sums[x]!);
  }
  return { pixels: result, height: newHeight, width: newWidth, channels };
}

function mixOf(size: number, newSize: number, kind: ResizeKind): Mix {
  const starts = new Int32Array(newSize + 1);
  const places: number[] = [];
  const shares: number[] = [];
  const scale = size / newSize;
  for (let place = 0; place < newSize; place++) {
    if (kind === 'area') {
      const [from, to] = [place * scale, (place + 1) * scale];
      for (let source = Math.floor(from); source < Math.min(size, Math.ceil(to - 1e-9)); source++) {
        places.push(source);
        shares.push((Math.min(to, source + 1) - Math.max(from, source)) / scale);
      }
    } else if (kind === 'nearest') {
      places.push(Math.min(size - 1, Math.floor((place + 0.5) * scale)));
      shares.push(1);
    } else {
      const centre = Math.max(0, (place + 0.5) * scale - 0.5);
      const left = Math.min(size - 1, Math.floor(centre));
      const share = centre - left;
      places.push(left, Math.min(size - 1, left + 1));
      shares.push(1 - share, share);
    }
    starts[place + 1] = places.length;
  }
  return { starts, places: Int32Array.from(places), shares: Float64Array.from(shares) };
}
