import { assertKeys, describe, mismatch } from '../core/index.ts';
import type { Line } from './chart.ts';
import { createFigure, type Figure } from './figure.ts';
import type { PlotOptions } from './options.ts';
import { BLUE, RED } from './theme.ts';
import { formatCount, formatNumber } from './ticks.ts';

/** Scores by epoch: what `train.fit` gives, `{ history: { loss: […] } }` of tfjs, or the lists alone. */
export type HistoryLike =
  | { readonly history: Readonly<Record<string, readonly unknown[]>> }
  | Readonly<Record<string, readonly number[]>>;

export interface HistoryOptions extends Omit<PlotOptions, 'log'> {
  /** Which score. Default 'loss'. */
  metric?: string;
  /** The y axis counts in powers of ten: shows late progress, which a linear axis flattens. Default false. */
  log?: boolean;
}

/**
 * The learning curve of a run, with that of the validation data where there is one.
 *
 * @example show(plot.history(await train.fit(model, prepare(fitting), { epochs: 2 })));
 */
export function history(run: HistoryLike, options: HistoryOptions = {}): Figure {
  const known = ['metric', 'log', 'title', 'subtitle', 'xLabel', 'yLabel', 'height', 'xRange', 'yRange'];
  assertKeys('plot.history(history, options)', options, known);
  const { metric = 'loss', log = false } = options;
  const { fitted, validation } = curvesOf(run, metric);
  const marks: Line[] = [curve(fitted, validation ? 'training' : undefined, BLUE)];
  if (validation) marks.push(curve(validation, 'validation', RED));
  const title = options.title ?? titleOf(metric, fitted);
  const subtitle = options.subtitle ?? (validation && subtitleOf(metric, validation));
  return createFigure({
    title,
    subtitle,
    x: { label: options.xLabel ?? 'epoch', range: options.xRange, whole: true },
    y: { label: options.yLabel ?? metric, scale: log ? 'log' : 'linear', range: options.yRange },
    marks,
    height: options.height ?? 340,
  });
}

/** Names of the same score on the validation data, as libraries write them. */
function validationNames(metric: string): string[] {
  const capital = metric.charAt(0).toUpperCase() + metric.slice(1);
  return [`val_${metric}`, `validation_${metric}`, `val${capital}`, `validation${capital}`, `validation ${metric}`];
}

function curvesOf(run: HistoryLike, metric: string): { fitted: number[]; validation: number[] | undefined } {
  const where = 'plot.history(history)';
  const inner = (run as { history?: unknown } | undefined)?.history;
  const scores = (inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? inner : run) as unknown;
  if (scores === null || typeof scores !== 'object')
    throw mismatch({
      where,
      expected: 'what train.fit gave',
      received: describe(run),
      hint: 'Wait for it: await train.fit(…).',
    });
  const lists = scores as Record<string, unknown>;
  const read = (name: string) => (Array.isArray(lists[name]) ? (lists[name] as unknown[]).map(Number) : undefined);
  const fitted = read(metric);
  if (!fitted) {
    const names = Object.keys(lists).filter(name => Array.isArray(lists[name]));
    throw mismatch({
      where,
      expected: `a list named '${metric}'`,
      received: names.length > 0 ? names.join(', ') : describe(run),
    });
  }
  return {
    fitted,
    validation: validationNames(metric)
      .map(read)
      .find(values => values !== undefined),
  };
}

function curve(values: readonly number[], name: string | undefined, colour: string): Line {
  return {
    kind: 'line',
    name,
    x: values.map((_, epoch) => epoch + 1),
    y: [...values],
    colour,
    dashed: name === 'validation',
  };
}

function titleOf(metric: string, values: readonly number[]): string {
  const name = metric.charAt(0).toUpperCase() + metric.slice(1);
  const broken = values.findIndex(value => !Number.isFinite(value));
  if (broken >= 0)
    return `${name} became ${formatNumber(values[broken]!)} in epoch ${broken + 1}: try a lower learning rate`;
  if (values.length === 0) return `${name}: no epoch yet`;
  const [first, last] = [values[0]!, values.at(-1)!];
  if (values.length === 1) return `${name} is ${formatNumber(last)} after 1 epoch`;
  const verb = last < first ? 'fell' : last > first ? 'rose' : 'stayed';
  return `${name} ${verb} from ${formatNumber(first)} to ${formatNumber(last)} in ${formatCount(values.length, 'epoch')}`;
}

function subtitleOf(metric: string, values: readonly number[]): string | undefined {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  const lowIsGood = /loss|error|perplexity/i.test(metric);
  const best = lowIsGood ? Math.min(...finite) : Math.max(...finite);
  const epoch = values.indexOf(best) + 1;
  const last = finite.at(-1)!;
  const end =
    epoch === values.length
      ? `validation ${metric} ${formatNumber(last)}, its best`
      : `validation ${metric} ${formatNumber(last)}, best ${formatNumber(best)} in epoch ${epoch}`;
  return end;
}
