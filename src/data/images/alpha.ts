import type { Pixels } from './image.ts';

/** What lies behind a transparent picture, from 0 to 255: a grey, or red, green and blue. */
export type Background = number | readonly [number, number, number];

/** Without alpha: what is transparent takes the colour behind it. A picture without alpha is given back as it is. */
export function overlay(picture: Pixels, background: Background): Pixels {
  const { pixels, height, width, channels } = picture;
  if (channels % 2 === 1) return picture;
  const colours = (channels - 1) as 1 | 3;
  const behind = typeof background === 'number' ? [background, background, background] : background;
  const result = new Uint8Array(height * width * colours);
  for (let i = 0, from = 0, to = 0; i < height * width; i++, from += channels, to += colours) {
    const alpha = pixels[from + colours]! / 255;
    for (let c = 0; c < colours; c++) result[to + c] = Math.round(pixels[from + c]! * alpha + behind[c]! * (1 - alpha));
  }
  return { pixels: result, height, width, channels: colours };
}

export function overWhite(picture: Pixels): Pixels {
  return overlay(picture, 255);
}
