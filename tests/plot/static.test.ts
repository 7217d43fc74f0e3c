import { describe, expect, it } from 'vitest';
import { describeFigure, staticPicture } from '../../src/plot/static.ts';

const draw = (data: unknown[], layout: object = {}) => staticPicture({ data, layout });

describe('a still picture of a Plotly figure', () => {
  it('has lines with their gaps, points and their names', () => {
    const svg = draw(
      [
        { y: [1, 3, null, 2], name: 'one', line: { dash: 'dot', color: '#aa0011' } },
        { x: [0, 1, 2], y: [2, 1, 4], mode: 'markers', name: 'two <b>bold</b>' },
      ],
      { title: { text: 'Both<br>of them' }, xaxis: { title: 'time' }, yaxis: { title: { text: 'value' } } },
    )!;
    expect(svg).toMatch(/^<svg [^>]*aria-label="Both of them\. scatter &quot;one&quot;, scatter &quot;two bold&quot;"/);
    for (const text of ['>Both of them<', '>time<', '>value<', '>one<', '>two bold<']) expect(svg).toContain(text);
    expect(svg).toContain('stroke="#aa0011"');
    // The gap: the last point is a stroke of its own.
    expect(svg).toMatch(/d="M[\d.]+ [\d.]+L[\d.]+ [\d.]+M[\d.]+ [\d.]+"[^>]*stroke-dasharray/);
    expect(svg).not.toContain('NaN');
  });

  it('has bars beside each other over their names', () => {
    const bars = (name: string, y: number[]) => ({ type: 'bar', x: ['a', 'b', 'c'], y, name });
    const svg = draw([bars('A', [3, 1, 2]), bars('B', [2, 2, 1])])!;
    for (const text of ['>a<', '>b<', '>c<', '>A<', '>B<']) expect(svg).toContain(text);
    expect(draw([bars('A', [3, 1, 2]), bars('B', [2, 2, 1])], { barmode: 'stack' })).toBeUndefined();
  });

  it('counts for a histogram', () => {
    const svg = draw([{ type: 'histogram', x: [1, 1, 1, 2, 5, 9], nbinsx: 9 }])!;
    expect(svg).toContain('>3<'); // on the axis of counts
    expect(draw([{ type: 'histogram', x: ['a', 'b'] }])).toBeUndefined();
  });

  it('has a heat map with whole cells', () => {
    const svg = draw([{ type: 'heatmap', z: [[1, 2, 3], [4, 5, 6]] }])!; // biome-ignore format: a matrix
    const heights = [...svg.matchAll(/<rect [^>]*height="([\d.]+)"/g)].map(match => Number(match[1]));
    expect(heights).toHaveLength(6);
    expect(new Set(heights).size).toBe(1);
    expect(draw([{ type: 'heatmap', z: [[1, null]] }])).toBeUndefined();
  });

  it('takes the range of an axis, its direction and its scale', () => {
    const svg = draw([{ y: [1, 10, 1000] }], { yaxis: { type: 'log' }, xaxis: { range: [10, 0] } })!;
    expect(svg).toContain('>1,000<');
    const ticks = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle">(\d+)</g)];
    const at = (text: string) => Number(ticks.find(match => match[2] === text)![1]);
    expect(at('0')).toBeGreaterThan(at('10'));
  });

  it.each<[string, unknown]>([
    ['another kind', { data: [{ type: 'pie', values: [1, 2] }] }],
    ['lying bars', { data: [{ type: 'bar', orientation: 'h', x: [1], y: ['a'] }] }],
    ['a second axis', { data: [{ y: [1] }, { y: [2], yaxis: 'y2' }] }],
    ['dates', { data: [{ x: ['2020-01-01'], y: [1] }], layout: { xaxis: { type: 'date' } } }],
    ['dates that are not called so', { data: [{ x: ['2020-01-01', '2020-02-01'], y: [1, 2] }] }],
    ['numbers in quotes', { data: [{ x: ['1', '5'], y: [1, 2] }] }],
    ['too many names', { data: [{ x: Array.from({ length: 99 }, (_, i) => `n${i}`), y: Array(99).fill(1) }] }],
    ['too much', { data: [{ type: 'histogram', x: Array(1e6).fill(1) }] }],
    ['values that are none', { data: [{ y: ['a', 'b'] }] }],
    ['no figure', 5],
    ['an empty one', { data: [] }],
    ['nonsense', { data: [null], layout: 'x' }],
  ])('is not made of %s', (_, figure) => expect(staticPicture(figure)).toBeUndefined());
});

it('any figure is told in words', () => {
  expect(describeFigure({ data: [{ type: 'pie' }], layout: { title: 'Shares' } })).toBe('Plotly figure "Shares": pie');
  expect(describeFigure({ data: Array(7).fill({ y: [1] }) })).toBe(
    'Plotly figure: scatter, scatter, scatter, scatter, scatter and 2 more',
  );
  expect(describeFigure(undefined)).toBe('Plotly figure: nothing in it');
});
