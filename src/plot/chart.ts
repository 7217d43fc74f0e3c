/** A chart in plain words: what both renderers, Plotly's and the static one, draw. */
export interface Chart {
  title: string;
  subtitle?: string;
  x: Axis;
  y: Axis;
  marks: Mark[];
  /** In pixels. */
  height: number;
}

export interface Axis {
  label: string;
  /** Default 'linear'. */
  scale?: 'linear' | 'log' | 'category';
  /** The names of a category axis, in order; positions on it are 0, 1, 2, … */
  categories?: string[];
  /** Default: what the marks need, and a margin. */
  range?: [low: number, high: number];
  /** Counts: marks at whole numbers only. */
  whole?: boolean;
  /** The first value on top or at the right. */
  reversed?: boolean;
  /** Without lines across the chart. */
  plain?: boolean;
  /** Nothing of it is drawn: its values mean nothing. */
  hidden?: boolean;
}

export type Mark = Line | Points | Bars | Cells | Texts;

interface Named {
  /** For the legend, which is shown when there are two names or more. */
  name?: string;
  colour: string;
}

export interface Line extends Named {
  kind: 'line';
  x: number[];
  /** NaN makes a gap. */
  y: number[];
  dashed?: boolean;
  /** Thin and pale: in the background of the others. */
  muted?: boolean;
}

export type PointShape = 'circle' | 'diamond' | 'square' | 'triangle';

export interface Points extends Named {
  kind: 'points';
  x: number[];
  y: number[];
  symbol: PointShape;
  /** Diameter in pixels. */
  size: number;
  opacity: number;
  /** What to say about each point under the pointer. */
  notes?: string[];
}

export interface Bars extends Named {
  kind: 'bars';
  /** The middle of each bar. */
  x: number[];
  y: number[];
  /** In units of x. */
  width: number;
  opacity: number;
}

/** Words in the picture; a line break begins a new line. */
export interface Texts {
  kind: 'texts';
  /** The middle of each. */
  x: number[];
  y: number[];
  texts: string[];
  /** Default: that of the page. */
  colour?: string;
  /** In pixels. */
  size: number;
  name?: undefined;
}

/** A grid of coloured cells; `values[row][column]`. */
export interface Cells {
  kind: 'cells';
  /** The middle of each column and each row. */
  x: number[];
  y: number[];
  values: number[][];
  /** Colours by value, from lowest to highest. */
  scale: { value: number; colour: string }[];
  /** Written into the cells. */
  texts?: string[][];
  /** What to say about each cell under the pointer: a text for each, or Plotly's template for all. */
  notes?: string[][];
  hover?: string;
  /** Pixels between cells. */
  gap: { x: number; y: number };
}
