/// <reference path="../../lab/src/plotly.d.ts" />
import { describe, expect, test } from 'vitest';
import { prepareFigure } from '../../lab/src/plotly/figure.ts';

const colours = { text: '#111111', faint: '#888888', surface: '#ffffff' };
const prepare = (content: unknown, fill = false) => prepareFigure(content, colours, fill);

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

describe('prepareFigure', () => {
  test('gives Plotly copies that it may write into', () => {
    const content = freeze({
      data: [{ y: [1, 2] }],
      layout: { xaxis: { title: { text: 'epoch' } } },
      frames: [{ name: 'a' }],
    });
    const figure = prepare(content);
    (figure.data[0] as { y: number[] }).y.push(3);
    (figure.layout.xaxis as Record<string, unknown>).range = [0, 1];
    expect(content.data[0]!.y).toEqual([1, 2]);
    expect(content.layout.xaxis).toEqual({ title: { text: 'epoch' } });
    expect(figure.frames).toEqual([{ name: 'a' }]);
  });

  test('what the figure sets wins over our defaults, but for resizing, which the panel does', () => {
    const template = { layout: { font: { color: 'red' } } };
    const figure = prepare({
      data: [],
      layout: { height: 200, uirevision: 7, template },
      config: { displaylogo: true, responsive: true },
    });
    expect(figure.layout).toMatchObject({ height: 200, uirevision: 7, template });
    expect(figure.config).toEqual({ displaylogo: true, responsive: false });
  });

  test('a figure without a layout takes the theme of the page and keeps the zoom between redraws', () => {
    const first = prepare({ data: [] }).layout;
    expect(first.template).toMatchObject({ layout: { font: { color: '#111111' }, paper_bgcolor: 'rgba(0,0,0,0)' } });
    expect(first.height).toBe(420);
    expect(first.uirevision).toBeTruthy();
    expect(prepare({ data: [{}] }).layout.uirevision).toBe(first.uirevision);
  });

  test('in a panel of its own a figure has no height but the panel’s', () => {
    expect(prepare({ data: [] }, true).layout).not.toHaveProperty('height');
  });

  test.each([
    [undefined, 'expected { data: [...], layout: {...} }, received a undefined'],
    [null, 'expected { data: [...], layout: {...} }, received null'],
    ['{}', 'expected { data: [...], layout: {...} }, received a string'],
    [[1], 'expected { data: [...], layout: {...} }, received an array'],
    [{ layout: {} }, 'expected { data: [...], layout: {...} }, received an object with layout'],
    [{ data: {} }, 'expected { data: [...], layout: {...} }, received an object with data'],
  ])('says what it expected when it receives %j', (content, message) => {
    expect(() => prepare(content)).toThrow(new TypeError(message));
  });
});
