import type { Config, Data, Frame, Layout } from 'plotly.js-dist-min';
import { type ThemeColours, themeTemplate } from './theme.ts';

export const PLOTLY_MIME_TYPE = 'application/vnd.plotly.v1+json';

export interface Figure {
  data: Data[];
  layout: Layout;
  config: Config;
  frames: Frame[];
}

const HEIGHT_IN_PIXELS = 420;

/**
 * A figure that Plotly may write into: the model's JSON is frozen and shared, and Plotly mutates what it is given.
 * The figure's own settings win over the page's theme and over our defaults.
 */
export function prepareFigure(content: unknown, colours: ThemeColours, fill: boolean): Figure {
  if (typeof content !== 'object' || content === null || !Array.isArray((content as Partial<Figure>).data))
    throw new TypeError(`expected { data: [...], layout: {...} }, received ${describe(content)}`);
  const { data, layout, config, frames } = structuredClone(content) as Partial<Figure>;
  return {
    data: data ?? [],
    layout: {
      ...(fill ? {} : { height: HEIGHT_IN_PIXELS }),
      autosize: true,
      // One value for all versions of a figure: a redraw keeps the zoom that the learner chose.
      uirevision: 'kept',
      ...layout,
      template: layout?.template ?? themeTemplate(colours),
    },
    // We resize ourselves: Plotly listens to the window only, not to the panel.
    config: { displaylogo: false, ...config, responsive: false },
    frames: frames ?? [],
  };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null)
    return `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`;
  return value === null ? 'null' : `a ${typeof value}`;
}
