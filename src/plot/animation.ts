import { assertInteger, assertKeys, assertNumber, describe, mismatch } from '../core/index.ts';
import { DISPLAY, type Displayable, type MimeBundle } from '../display/channel.ts';
import { printsAsText } from '../display/printed.ts';
import type { PlotlyTrace } from './figure.ts';
import { buttons, slider } from './player.ts';
import { escapeText } from './plotly.ts';
import type { Scene } from './scene.ts';
import { sceneFrames } from './scene-plotly.ts';
import { animatedSvg } from './scene-svg.ts';
import { FONT } from './theme.ts';
import { formatCount } from './ticks.ts';

export interface AnimationOptions {
  title?: string;
  /** Default 15. */
  framesPerSecond?: number;
  /** In pixels. Default: as the scene's proportions ask, at most 420. */
  height?: number;
  /** Of longer films only so many pictures are kept, evenly. Default 300. */
  maxFrames?: number;
}

/** A film: a Plotly figure with a slider, and the same as an SVG that moves by itself. */
export interface Animation extends Displayable {
  readonly data: readonly PlotlyTrace[];
  readonly layout: Record<string, unknown>;
  readonly config: Record<string, unknown>;
  readonly frames: readonly Record<string, unknown>[];
  readonly description: string;
  /** The same film as an inline SVG, for pages without scripts. */
  toSvg(): string;
  [DISPLAY](): MimeBundle;
}

/**
 * Scenes one after the other, to play, to stop and to step through.
 *
 * @example
 * const world = reinforcement.mountainCar();
 * plot.animation(reinforcement.record(world, reinforcement.randomly(world), { seed: 1 }).scenes);
 */
export function animation(scenes: readonly Scene[], options: AnimationOptions = {}): Animation {
  assertKeys('plot.animation(scenes, options)', options, ['title', 'framesPerSecond', 'height', 'maxFrames']);
  const { framesPerSecond = 15, maxFrames = 300 } = options;
  assertNumber('plot.animation({ framesPerSecond })', framesPerSecond, { min: 0, aboveMin: true, max: 60 });
  assertInteger('plot.animation({ maxFrames })', maxFrames, { min: 2 });
  if (!Array.isArray(scenes) || scenes.length === 0)
    throw mismatch({
      where: 'plot.animation(scenes)',
      expected: 'at least one scene',
      received: describe(scenes),
      hint: 'reinforcement.record(world, act).scenes has them, where the world draws itself.',
    });
  const shown = thinned(scenes, maxFrames);
  const title = options.title ?? formatCount(scenes.length - 1, 'step');
  const picture = sizeOf(shown[0]!, options.height);
  const milliseconds = 1000 / framesPerSecond;
  const pictures = sceneFrames(shown.map(({ scene }) => scene));
  const frames = shown.map(({ step }, i) => ({ name: String(step), layout: pictures[i]! }));

  const layout = {
    ...pictures[0],
    title: { text: escapeText(title), x: 0, xref: 'paper', xanchor: 'left', font: { size: 16, weight: 600 } },
    font: { family: FONT, size: 12.5 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    width: picture.width + 40,
    height: picture.height + 150,
    margin: { l: 20, r: 20, t: 60, b: 90 },
    xaxis: { range: shown[0]!.scene.x, visible: false, fixedrange: true },
    yaxis: { range: shown[0]!.scene.y, visible: false, fixedrange: true, scaleanchor: 'x' },
    showlegend: false,
    updatemenus: [buttons(milliseconds)],
    sliders: [slider(frames, 'step ')],
  };
  const data: PlotlyTrace[] = [{ type: 'scatter', x: [], y: [], mode: 'markers', hoverinfo: 'skip' }];
  const config = { responsive: false, displaylogo: false, displayModeBar: false };
  const captions = shown.map(({ scene }) => scene.caption).filter(caption => caption !== undefined);
  const description = `Animation: ${title}${captions.length > 0 ? `; at the end ${captions.at(-1)}` : ''}`;
  let svg: string | undefined;
  const draw = () => {
    svg ??= animatedSvg(
      shown.map(({ scene }) => scene),
      { ...picture, title, description, framesPerSecond },
    );
    return svg;
  };
  const film = { data, layout, config, frames, description };
  Object.defineProperty(film, 'toSvg', { value: draw });
  Object.defineProperty(film, DISPLAY, {
    value: (): MimeBundle => ({
      'application/vnd.plotly.v1+json': { data, layout, config, frames },
      'text/html': draw(),
      'text/plain': description,
    }),
  });
  return printsAsText(film as unknown as Animation);
}

/** Evenly chosen, the first and the last among them. */
function thinned(scenes: readonly Scene[], most: number): { scene: Scene; step: number }[] {
  const count = Math.min(scenes.length, most);
  return Array.from({ length: count }, (_, i) => {
    const step = count === 1 ? 0 : Math.round((i * (scenes.length - 1)) / (count - 1));
    return { scene: scenes[step]!, step };
  });
}

/** Pixels: as wide as its height and proportions ask, neither tiny nor wider than a page. */
function sizeOf({ scene }: { scene: Scene }, wanted: number | undefined): { width: number; height: number } {
  const proportion = (scene.x[1] - scene.x[0]) / (scene.y[1] - scene.y[0]);
  const height = wanted ?? Math.min(420, 640 / proportion);
  const width = Math.min(680, height * proportion);
  return { width: Math.round(width), height: Math.round(width / proportion) };
}
