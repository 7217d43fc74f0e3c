import type { PointShape } from './chart.ts';

/**
 * After Okabe and Ito's palette for all kinds of colour vision, each tone moved a little so that it stands out on white
 * and on black; its yellow and its black do not, and are left out.
 */
export const PALETTE = ['#1279bd', '#dc8400', '#079b74', '#d0521f', '#b9669c', '#42a5de'] as const;

export const BLUE = PALETTE[0];
export const RED = PALETTE[3];

/** Text and lines that can be read on white and on black alike: about 4.3 to 1 on both. */
export const INK = '#7a828d';
export const GRID = 'rgba(128,134,145,0.22)';
export const EMPTY = 'rgba(128,134,145,0.16)';
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Letters of a title in one line: about the width of a notebook's cell. */
export const TITLE_LETTERS = 74;

/** Lines of at most this many letters, broken between words. */
export function wrap(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const SYMBOLS: readonly PointShape[] = ['circle', 'diamond', 'square', 'triangle'];

/** The colour of the group with this number. */
export function colourOf(group: number): string {
  return PALETTE[group % PALETTE.length]!;
}

/** Groups differ in shape, too: colour is not the only sign. */
export function symbolOf(group: number): PointShape {
  return SYMBOLS[group % SYMBOLS.length]!;
}

/** `#rrggbb` with an opacity between 0 and 1. */
export function fade(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map(start => Number.parseInt(colour.slice(start, start + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
}

/** The colour of a value on a scale of colours, mixed from the two next to it. */
export function colourAt(scale: readonly { value: number; colour: string }[], value: number): string {
  const above = scale.findIndex(stop => stop.value >= value);
  if (above === 0 || scale.length === 1) return scale[0]!.colour;
  if (above < 0) return scale.at(-1)!.colour;
  const [low, high] = [scale[above - 1]!, scale[above]!];
  const share = (value - low.value) / (high.value - low.value || 1);
  const [from, to] = [channels(low.colour), channels(high.colour)];
  const mixed = from.map((channel, i) => channel + (to[i]! - channel) * share);
  return `rgba(${mixed.slice(0, 3).map(Math.round).join(',')},${Number(mixed[3]!.toFixed(3))})`;
}

/** White on strong colours; undefined, the page's own, on those that let the page shine through. */
export function textOn(colour: string): string | undefined {
  return channels(colour)[3]! > 0.5 ? '#ffffff' : undefined;
}

function channels(colour: string): number[] {
  const text = colour.startsWith('#') ? fade(colour, 1) : colour;
  return text
    .slice(text.indexOf('(') + 1, -1)
    .split(',')
    .map(Number);
}
