import { DISPLAY, type Displayable, type MimeBundle } from '../display/channel.ts';
import { printsAsText } from '../display/printed.ts';
import type { Chart } from './chart.ts';
import { type PlotlyParts, toPlotly } from './plotly.ts';
import { toSvg } from './svg.ts';

/**
 * A picture as data: a Plotly figure, which a notebook shows when it is the cell's last value or given to `show`.
 * `data`, `layout` and `config` are plain and can be changed; the static picture is then that of before.
 */
export interface Figure extends Displayable {
  readonly data: readonly PlotlyTrace[];
  readonly layout: Record<string, unknown>;
  readonly config: Record<string, unknown>;
  /** One line with the numbers that matter. */
  readonly description: string;
  /** The same picture as an inline SVG, for pages without scripts. */
  toSvg(): string;
  [DISPLAY](): MimeBundle;
}

export type PlotlyTrace = Record<string, unknown> & { type: string };

/** The chart as a figure; `description` is what a reader without pictures gets. */
export function createFigure(chart: Chart, description = describeChart(chart)): Figure {
  return assembleFigure(toPlotly(chart), chart, description);
}

/** A Plotly figure that no chart gives, and the chart that stands for it where there are no scripts. */
export function assembleFigure({ data, layout, config }: PlotlyParts, still: Chart, description: string): Figure {
  let svg: string | undefined;
  const draw = () => {
    svg ??= toSvg(still, description);
    return svg;
  };
  const bundle = (): MimeBundle => ({
    'application/vnd.plotly.v1+json': { data, layout, config },
    'text/html': draw(),
    'text/plain': description,
  });
  const figure = { data, layout, config, description };
  Object.defineProperty(figure, 'toSvg', { value: draw });
  Object.defineProperty(figure, DISPLAY, { value: bundle });
  return printsAsText(figure as unknown as Figure);
}

function describeChart({ title, subtitle }: Chart): string {
  return subtitle ? `${title}. ${subtitle}` : title;
}
