import { escapeText } from './plotly.ts';
import type { Scene, Shape } from './scene.ts';
import { TONES } from './scene.ts';

/**
 * Each picture as the part of a Plotly layout that changes from frame to frame. Plotly merges lists place by place, and
 * would keep what a later frame has not: so all are filled up to the same length.
 */
export function sceneFrames(scenes: readonly Scene[]): Record<string, unknown>[] {
  const frames = scenes.map(scene => ({
    shapes: scene.shapes.filter(shape => shape.kind !== 'text').map(plotlyShape),
    annotations: [...scene.shapes.flatMap(annotation), ...caption(scene)],
  }));
  const most = (key: 'shapes' | 'annotations') => Math.max(...frames.map(frame => frame[key].length));
  const [shapes, annotations] = [most('shapes'), most('annotations')];
  const filled = (list: Record<string, unknown>[], length: number, nothing: Record<string, unknown>) => [
    ...list.map(entry => ({ ...entry, visible: true })),
    ...new Array<Record<string, unknown>>(length - list.length).fill({ ...nothing, visible: false }),
  ];
  return frames.map(frame => ({
    shapes: filled(frame.shapes, shapes, { type: 'rect', x0: 0, y0: 0, x1: 0, y1: 0 }),
    annotations: filled(frame.annotations, annotations, { x: 0, y: 0, text: '' }),
  }));
}

function plotlyShape(shape: Exclude<Shape, { kind: 'text' }>): Record<string, unknown> {
  const color = TONES[shape.tone];
  switch (shape.kind) {
    case 'rectangle': {
      const { x, y, width, height } = shape;
      return { type: 'rect', x0: x, y0: y, x1: x + width, y1: y + height, fillcolor: color, line: { width: 0 } };
    }
    case 'circle': {
      const { x, y, radius } = shape;
      const box = { x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius };
      return { type: 'circle', ...box, fillcolor: color, line: { width: 0 } };
    }
    case 'line': {
      const path = shape.points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x},${y}`).join('');
      return { type: 'path', path, line: { color, width: shape.width } };
    }
  }
}

function annotation(shape: Shape): Record<string, unknown>[] {
  if (shape.kind !== 'text') return [];
  const { x, y, text, tone } = shape;
  return [{ x, y, text: escapeText(text), showarrow: false, font: { color: TONES[tone], size: 13 } }];
}

function caption(scene: Scene): Record<string, unknown>[] {
  if (scene.caption === undefined) return [];
  const place = { x: 0, xref: 'paper', xanchor: 'left', y: 1, yref: 'paper', yanchor: 'bottom' };
  return [{ ...place, text: escapeText(scene.caption), showarrow: false, font: { size: 13 } }];
}
