import { BLUE, INK, PALETTE, RED } from './theme.ts';

/** A picture of a small world, in its own units: x to the right, y upwards. */
export interface Scene {
  /** What lies within is shown. */
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
  readonly shapes: readonly Shape[];
  /** A line of text above it, such as the score. */
  readonly caption?: string;
}

/** A colour of the theme, by what it is for. */
export type Tone = 'ink' | 'faint' | 'agent' | 'goal' | 'danger' | 'accent';

export type Shape =
  | {
      readonly kind: 'rectangle';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly tone: Tone;
    }
  | { readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number; readonly tone: Tone }
  /** `width` is in pixels. */
  | {
      readonly kind: 'line';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly width: number;
      readonly tone: Tone;
    }
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly tone: Tone };

/** Readable on white and on black alike. */
export const TONES: Readonly<Record<Tone, string>> = {
  ink: INK,
  faint: 'rgba(128,134,145,0.25)',
  agent: BLUE,
  goal: PALETTE[2],
  danger: RED,
  accent: PALETTE[1],
};
