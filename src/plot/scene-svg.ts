import { escapeHtml } from '../display/html.ts';
import { type Scene, type Shape, TONES } from './scene.ts';
import { FONT } from './theme.ts';

export interface FilmSize {
  width: number;
  height: number;
  title: string;
  description: string;
  framesPerSecond: number;
}

const HEAD = 48;

/** A film that moves by itself, without scripts: each picture is shown for its moment (SVG's own animation). */
export function animatedSvg(scenes: readonly Scene[], size: FilmSize): string {
  const { width, height, title, description, framesPerSecond } = size;
  const still = sharedShapes(scenes);
  const place = placer(scenes[0]!, width, height);
  const seconds = scenes.length / framesPerSecond;
  const frames = scenes.map((scene, i) => {
    const text = scene.caption ? `<text y="-8" opacity=".75">${escapeHtml(scene.caption)}</text>` : '';
    const shapes = scene.shapes.slice(still.length).map(shape => drawShape(shape, place));
    return `<g${i === 0 ? '' : ' visibility="hidden"'}>${moment(i, scenes.length, seconds)}${text}${shapes.join('')}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeHtml(description)}" viewBox="0 0 ${width} ${height + HEAD}"`,
    ` width="${width}" style="max-width:100%;height:auto" font-family="${escapeHtml(FONT)}" font-size="13" fill="currentColor">`,
    `<text y="18" font-size="16" font-weight="600">${escapeHtml(title)}</text>`,
    `<g transform="translate(0 ${HEAD})">`,
    ...still.map(shape => drawShape(shape, place)),
    ...frames,
    '</g></svg>',
  ].join('');
}

/** What all pictures begin with is drawn once, below them. */
function sharedShapes(scenes: readonly Scene[]): readonly Shape[] {
  const [first, ...others] = scenes;
  const texts = first!.shapes.map(shape => JSON.stringify(shape));
  let shared = texts.length;
  for (const { shapes } of others) {
    const same = texts.findIndex((text, i) => JSON.stringify(shapes[i]) !== text);
    if (same >= 0) shared = Math.min(shared, same);
  }
  return first!.shapes.slice(0, shared);
}

/** Shown from its turn to the next one's, over and over. */
function moment(i: number, count: number, seconds: number): string {
  if (count === 1) return '';
  const times = [0, i / count, (i + 1) / count].map(share => Number(share.toFixed(5)));
  const [values, keys] =
    i === 0
      ? ['visible;hidden', [0, times[2]]]
      : i === count - 1
        ? ['hidden;visible', [0, times[1]]]
        : ['hidden;visible;hidden', times];
  return `<animate attributeName="visibility" calcMode="discrete" dur="${seconds.toFixed(2)}s" repeatCount="indefinite" values="${values}" keyTimes="${keys.join(';')}"/>`;
}

interface Placer {
  x(value: number): number;
  y(value: number): number;
  length(value: number): number;
}

function placer(scene: Scene, width: number, height: number): Placer {
  const scale = width / (scene.x[1] - scene.x[0]);
  const round = (value: number) => Number(value.toFixed(1));
  return {
    x: value => round((value - scene.x[0]) * scale),
    y: value => round(height - (value - scene.y[0]) * scale),
    length: value => round(value * scale),
  };
}

function drawShape(shape: Shape, { x, y, length }: Placer): string {
  const colour = TONES[shape.tone];
  switch (shape.kind) {
    case 'rectangle':
      return `<rect x="${x(shape.x)}" y="${y(shape.y + shape.height)}" width="${length(shape.width)}" height="${length(shape.height)}" rx="2" fill="${colour}"/>`;
    case 'circle':
      return `<circle cx="${x(shape.x)}" cy="${y(shape.y)}" r="${length(shape.radius)}" fill="${colour}"/>`;
    case 'line': {
      const points = shape.points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ');
      return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${shape.width}" stroke-linecap="round" stroke-linejoin="round"/>`;
    }
    case 'text':
      return `<text x="${x(shape.x)}" y="${y(shape.y) + 4}" text-anchor="middle" fill="${colour}">${escapeHtml(shape.text)}</text>`;
  }
}
