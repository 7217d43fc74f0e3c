import type { Pixels } from './image.ts';

export type FlipDirection = 'horizontal' | 'vertical';

/** Left and right, or top and bottom, changed places. */
export function flipped({ pixels, height, width, channels }: Pixels, direction: FlipDirection): Pixels {
  const result = new Uint8Array(pixels.length);
  let to = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = direction === 'horizontal' ? y * width + (width - 1 - x) : (height - 1 - y) * width + x;
      for (let c = 0; c < channels; c++) result[to++] = pixels[from * channels + c]!;
    }
  return { pixels: result, height, width, channels };
}

/** Turned clockwise by quarters. */
export function turned(picture: Pixels, quarters: 1 | 2 | 3): Pixels {
  const { pixels, height, width, channels } = picture;
  const upright = quarters === 2;
  const [newHeight, newWidth] = upright ? [height, width] : [width, height];
  const result = new Uint8Array(pixels.length);
  let to = 0;
  for (let y = 0; y < newHeight; y++)
    for (let x = 0; x < newWidth; x++) {
      const [fromY, fromX] =
        quarters === 1 ? [height - 1 - x, y] : quarters === 2 ? [height - 1 - y, width - 1 - x] : [x, width - 1 - y];
      for (let c = 0; c < channels; c++) result[to++] = pixels[(fromY * width + fromX) * channels + c]!;
    }
  return { pixels: result, height: newHeight, width: newWidth, channels };
}

export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
}

export function cropped({ pixels, width, channels }: Pixels, box: Box): Pixels {
  const line = box.width * channels;
  const result = new Uint8Array(box.height * line);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * width + box.left) * channels;
    result.set(pixels.subarray(from, from + line), y * line);
  }
  return { pixels: result, height: box.height, width: box.width, channels };
}

/** What lies beyond the edge: the nearest pixel, or one brightness. */
export type Fill = 'edge' | number;

export interface Affine {
  /** Clockwise. */
  degrees: number;
  /** Above 1: larger. */
  zoom: number;
  /** In pixels, to the right and down. */
  shiftX: number;
  shiftY: number;
}

/** Turned and enlarged about its centre, then shifted; between pixels by bilinear interpolation. */
export function transformed({ pixels, height, width, channels }: Pixels, affine: Affine, fill: Fill): Pixels {
  const { degrees, zoom, shiftX, shiftY } = affine;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / zoom, Math.sin(angle) / zoom];
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const result = new Uint8Array(pixels.length);
  const at = (y: number, x: number, c: number): number => {
    if (fill !== 'edge' && (y < 0 || y >= height || x < 0 || x >= width)) return fill;
    const row = y < 0 ? 0 : y >= height ? height - 1 : y;
    const column = x < 0 ? 0 : x >= width ? width - 1 : x;
    return pixels[(row * width + column) * channels + c]!;
  };
  let to = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const dx = x - centreX - shiftX;
      const dy = y - centreY - shiftY;
      const sourceX = cos * dx + sin * dy + centreX;
      const sourceY = -sin * dx + cos * dy + centreY;
      const left = Math.floor(sourceX);
      const top = Math.floor(sourceY);
      const rightShare = sourceX - left;
      const lowerShare = sourceY - top;
      for (let c = 0; c < channels; c++) {
        const upper = at(top, left, c) * (1 - rightShare) + at(top, left + 1, c) * rightShare;
        const lower = at(top + 1, left, c) * (1 - rightShare) + at(top + 1, left + 1, c) * rightShare;
        result[to++] = Math.round(upper * (1 - lowerShare) + lower * lowerShare);
      }
    }
  return { pixels: result, height, width, channels };
}
