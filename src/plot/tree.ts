import { assertInteger, describe, mismatch } from '../core/index.ts';
import type { Line, Points, Texts } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import { axisLabel, withoutUnit } from './labels.ts';
import { assertOptions, type PlotOptions } from './options.ts';
import { BLUE, colourOf, INK, wrap } from './theme.ts';
import { formatCount, formatNumber, formatShare } from './ticks.ts';

interface Place {
  readonly samples: number;
  readonly impurity: number;
  /** The share of each class; of a regression the mean alone. */
  readonly value: readonly number[];
  /** Of a split: rows whose feature is at most the threshold go left. */
  readonly feature?: number;
  readonly threshold?: number;
  readonly left?: Place;
  readonly right?: Place;
}

/** What `supervised.tree` gives. */
export interface TreeLike {
  readonly root: Place;
  readonly features: readonly string[];
  /** Of a classifier. */
  readonly classes?: readonly (string | number)[];
}

export interface TreePlotOptions extends Pick<PlotOptions, 'title' | 'subtitle' | 'height'> {
  /** At most so many questions one after the other; what is below is left out. Default 4. */
  depth?: number;
}

interface Drawn {
  place: Place;
  x: number;
  level: number;
  children: Drawn[];
  cut: boolean;
}

/** Pixels from one question to the next. */
const ROW = 88;

/**
 * A decision tree, the first question on top: rows that answer yes go left. Each circle is as large as its share of the
 * rows, and has the colour of the class that is most frequent there.
 *
 * @example
 * plot.tree(supervised.tree({ x: [[1], [2], [8], [9]], y: ['a', 'a', 'b', 'b'] }))
 */
export function tree(model: TreeLike, options: TreePlotOptions = {}): Figure {
  const where = 'plot.tree(model)';
  assertOptions('plot.tree(model, options)', options, ['depth']);
  const { depth = 4 } = options;
  assertInteger('plot.tree({ depth })', depth, { min: 0 });
  if (!Array.isArray(model?.root?.value) || !Array.isArray(model.features))
    throw mismatch({
      where,
      expected: 'a decision tree',
      received: describe(model),
      hint: 'supervised.tree(data) gives one.',
    });
  const { root, classes } = model;
  let leaves = 0;
  const layOut = (place: Place, level: number): Drawn => {
    const below = place.left && place.right && level < depth ? [place.left, place.right] : [];
    const children = below.map(child => layOut(child, level + 1));
    const x = children.length > 0 ? (children[0]!.x + children[1]!.x) / 2 : leaves++;
    return { place, x, level, children, cut: place.left !== undefined && children.length === 0 };
  };
  const all = flatten(layOut(root, 0));
  const levels = 1 + Math.max(...all.map(({ level }) => level));
  const size = leaves > 12 ? 10 : 11.5;
  const edges: Line[] = all.flatMap(node =>
    node.children.map(child => ({
      kind: 'line' as const,
      x: [node.x, child.x],
      y: [0 - node.level, 0 - child.level],
      colour: INK,
      muted: true,
    })),
  );
  const lines = all.map(node => textOf(node, model, leaves));
  const words: Texts = {
    kind: 'texts',
    x: all.map(({ x }) => x),
    // Below the largest circle, however many lines there are.
    y: all.map(({ level }, i) => -level - 0.24 - (lines[i]!.length * size * 0.63) / ROW),
    texts: lines.map(text => text.join('\n')),
    size,
  };
  const circles = (classes ?? ['']).flatMap((name, place): Points[] => {
    const members = all.filter(node => !classes || best(node.place) === place);
    return members.map((node, i) => ({
      kind: 'points',
      ...(classes && i === 0 && { name: String(name) }),
      x: [node.x],
      y: [0 - node.level],
      colour: classes ? colourOf(place) : BLUE,
      symbol: 'circle',
      size: 8 + 22 * Math.sqrt(node.place.samples / root.samples),
      opacity: 0.95,
      notes: [`${formatCount(node.place.samples, 'row')}, impurity ${formatNumber(node.place.impurity)}`],
    }));
  });
  const question = root.left
    ? `The first question is ${labelOf(root, model.features)} ≤ ${formatNumber(root.threshold!)}`
    : 'A tree without a question';
  return createFigure({
    title: options.title ?? question,
    subtitle: options.subtitle ?? subtitleOf(all, leaves),
    x: { label: '', range: [-0.6, leaves - 0.4], hidden: true },
    y: { label: '', range: [0.1 - levels, 0.4], hidden: true },
    marks: [...edges, ...circles, words],
    height: options.height ?? 90 + ROW * levels,
  });
}

function flatten(node: Drawn): Drawn[] {
  return [node, ...node.children.flatMap(flatten)];
}

function best({ value }: Place): number {
  return value.indexOf(Math.max(...value));
}

function labelOf({ feature }: Place, features: readonly string[]): string {
  return axisLabel(features[feature!] ?? `x${feature! + 1}`);
}

/** A question, or what a leaf says, in lines that fit between so many leaves. */
function textOf({ place, children, cut }: Drawn, { features, classes }: TreeLike, leaves: number): string[] {
  const letters = leaves > 8 ? 9 : 18;
  if (children.length > 0)
    return [...wrap(withoutUnit(labelOf(place, features)), letters), `≤ ${formatNumber(place.threshold!)} ?`];
  const answer = classes ? String(classes[best(place)]) : formatNumber(place.value[0]!);
  const share = classes && formatShare(Number(Math.max(...place.value).toFixed(2)));
  const last = share ? `${share} of ${place.samples.toLocaleString('en')}` : formatCount(place.samples, 'row');
  return [...wrap(answer, letters), ...(leaves > 10 ? [] : [last]), ...(cut ? ['…'] : [])];
}

function subtitleOf(all: readonly Drawn[], leaves: number): string {
  const cut = all.filter(node => node.cut).length;
  const left = cut > 0 ? '; what is below … is left out' : '';
  return `Yes goes left, no goes right; ${leaves === 1 ? '1 end' : `${leaves} ends`}${left}`;
}
