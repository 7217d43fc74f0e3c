import type { Axis, Cells, Chart, Mark, Texts } from './chart.ts';
import type { PlotlyTrace } from './figure.ts';
import { colourAt, FONT, fade, GRID, TITLE_LETTERS, textOn, wrap } from './theme.ts';
import { niceStep } from './ticks.ts';

export interface PlotlyParts {
  data: PlotlyTrace[];
  layout: Record<string, unknown>;
  config: Record<string, unknown>;
}

export function toPlotly(chart: Chart): PlotlyParts {
  const hasLegend = chart.marks.filter(mark => mark.kind !== 'cells' && mark.name !== undefined).length > 1;
  const data = chart.marks.flatMap(mark => (mark.kind === 'texts' ? [] : [trace(mark, chart)]));
  const annotations = chart.marks.flatMap(mark =>
    mark.kind === 'cells' ? cellTexts(mark) : mark.kind === 'texts' ? plainTexts(mark) : [],
  );
  const title = wrap(chart.title, TITLE_LETTERS);
  const headroom = 26 + 20 * title.length + (chart.subtitle ? 20 : 0) + (hasLegend ? 28 : 0);
  const layout = {
    title: {
      text: title.map(escapeText).join('<br>'),
      font: { size: 16, weight: 600 },
      x: 0,
      xref: 'paper',
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: { t: 12 },
      ...(chart.subtitle && { subtitle: { text: escapeText(chart.subtitle), font: { size: 13 } } }),
    },
    // Without a colour: a page that knows its theme gives one, as our lab does.
    font: { family: FONT, size: 12.5 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    height: chart.height,
    autosize: true,
    margin: { l: 64, r: 24, t: headroom, b: 56 },
    xaxis: axis(chart.x, chart, 'x'),
    yaxis: axis(chart.y, chart, 'y'),
    showlegend: hasLegend,
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1,
      yanchor: 'bottom',
      itemsizing: 'constant',
      font: { size: 12.5 },
    },
    hovermode: chart.marks.every(mark => mark.kind === 'line') ? 'x unified' : 'closest',
    hoverlabel: { font: { family: FONT, size: 12.5 } },
    barmode: 'overlay',
    ...(annotations.length > 0 && { annotations }),
  };
  const config = {
    responsive: true,
    displaylogo: false,
    modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
  };
  return { data, layout, config };
}

function axis(spec: Axis, chart: Chart, name: 'x' | 'y'): Record<string, unknown> {
  const shared = {
    title: { text: escapeText(spec.label), standoff: 12, font: { size: 13 } },
    gridcolor: GRID,
    showgrid: !spec.plain,
    zeroline: false,
    linecolor: GRID,
    tickcolor: GRID,
    ticks: 'outside',
    automargin: true,
    ...(spec.hidden && { visible: false }),
  };
  if (spec.scale === 'category') {
    const categories = spec.categories ?? [];
    const [low, high] = [-0.5, categories.length - 0.5];
    return {
      ...shared,
      type: 'linear',
      ticks: '',
      tickvals: categories.map((_, place) => place),
      ticktext: categories.map(escapeText),
      range: spec.reversed ? [high, low] : [low, high],
    };
  }
  const log = spec.scale === 'log';
  const range = spec.range && (log ? spec.range.map(Math.log10) : spec.range);
  if (spec.reversed)
    return {
      ...shared,
      type: spec.scale ?? 'linear',
      ...(range ? { range: [...range].reverse() } : { autorange: 'reversed' }),
    };
  return {
    ...shared,
    type: spec.scale ?? 'linear',
    ...(range && { range }),
    ...(log && { dtick: 1, exponentformat: 'power', tickformat: '~g' }),
    ...(spec.whole && { tick0: 0, dtick: wholeStep(spec.range ?? chart.marks.flatMap(mark => extremes(mark[name]))) }),
  };
}

/** Between ticks at whole numbers. */
function wholeStep(values: readonly number[]): number {
  const [low, high] = extremes(values) as [number, number];
  return Math.max(1, high > low ? niceStep((high - low) / 8) : 1);
}

function extremes(values: readonly number[]): number[] {
  return values.reduce(
    ([low, high], value) => [Math.min(low!, value), Math.max(high!, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function trace(mark: Exclude<Mark, Texts>, chart: Chart): PlotlyTrace {
  if (mark.kind === 'cells') return heatmap(mark);
  const shared = {
    name: escapeText(mark.name ?? ''),
    showlegend: mark.name !== undefined,
    x: plain(mark.x),
    y: plain(mark.y),
  };
  const values = `${escapeText(chart.x.label)} %{x}<br>${escapeText(chart.y.label)} %{y}`;
  switch (mark.kind) {
    case 'line':
      return {
        ...shared,
        type: 'scatter',
        mode: mark.x.length === 1 ? 'markers' : 'lines',
        line: {
          color: mark.muted ? fade(mark.colour, 0.35) : mark.colour,
          width: mark.muted ? 1 : 2.5,
          dash: mark.dashed ? 'dash' : 'solid',
        },
        ...(mark.muted && { hoverinfo: 'skip' }),
      };
    case 'points':
      return {
        ...shared,
        type: mark.x.length > 3000 ? 'scattergl' : 'scatter',
        mode: 'markers',
        marker: { color: mark.colour, size: mark.size, symbol: plotlySymbol(mark.symbol), opacity: mark.opacity },
        ...(mark.notes && { text: mark.notes.map(escapeText) }),
        hovertemplate: `${mark.notes ? '%{text}<br>' : ''}${values}<extra>${shared.name}</extra>`,
      };
    case 'bars':
      return {
        ...shared,
        type: 'bar',
        width: mark.width,
        marker: { color: fade(mark.colour, mark.opacity), line: { width: 0 } },
        hovertemplate: `${values}<extra>${shared.name}</extra>`,
      };
  }
}

function heatmap(mark: Cells): PlotlyTrace {
  const [low, high] = [mark.scale[0]!.value, mark.scale.at(-1)!.value];
  return {
    type: 'heatmap',
    x: mark.x,
    y: mark.y,
    z: mark.values,
    zmin: low,
    zmax: high,
    colorscale: mark.scale.map(stop => [(stop.value - low) / (high - low), stop.colour]),
    showscale: false,
    xgap: mark.gap.x,
    ygap: mark.gap.y,
    ...(mark.notes && { text: mark.notes.map(row => row.map(escapeText)) }),
    hovertemplate: `${mark.hover ?? '%{text}'}<extra></extra>`,
  };
}

/** Written as annotations: Plotly does not see that a pale cell lets the page shine through. */
function cellTexts(mark: Cells): Record<string, unknown>[] {
  return (mark.texts ?? []).flatMap((row, i) =>
    row.map((text, j) => {
      const color = textOn(colourAt(mark.scale, mark.values[i]![j]!));
      const font = { size: 15, weight: 600, ...(color && { color }) };
      return { x: mark.x[j], y: mark.y[i], text: escapeText(text), showarrow: false, font };
    }),
  );
}

function plainTexts({ x, y, texts, size, colour }: Texts): Record<string, unknown>[] {
  return texts.map((text, i) => ({
    x: x[i],
    y: y[i],
    text: escapeText(text).replaceAll('\n', '<br>'),
    showarrow: false,
    font: { size, ...(colour && { color: colour }) },
  }));
}

function plotlySymbol(symbol: string): string {
  return symbol === 'triangle' ? 'triangle-up' : symbol;
}

/** JSON has no NaN: a gap is null. */
function plain(values: readonly number[]): (number | null)[] {
  return values.map(value => (Number.isFinite(value) ? value : null));
}

/** Plotly reads a few tags in its texts; data must not be read as such. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
