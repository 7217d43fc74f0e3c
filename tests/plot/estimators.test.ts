import { describe, expect, it } from 'vitest';
import * as metrics from '../../src/metrics/index.ts';
import * as plot from '../../src/plot/index.ts';
import * as supervised from '../../src/supervised/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';

const x = [
  [1, 1, 0],
  [1, 2, 1],
  [2, 1, 0],
  [9, 8, 1],
  [8, 8, 0],
  [9, 9, 1],
];
const assignments = [0, 0, 0, 1, 1, -1];
const y = ['a', 'a', 'a', 'b', 'b', 'b'];
const points = { x: x.map(row => row[0]!), y: x.map(row => row[1]!), group: y };
const mixture = {
  weights: [0.75, 0.25],
  means: [
    [1, 1, 5],
    [8, 8, 6],
  ],
  covariances: [
    [
      [4, 1, 0],
      [1, 9, 2],
      [0, 2, 1],
    ],
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ],
  responsibilities: x.map((_, row) => (row < 3 ? [0.9, 0.1] : [0.2, 0.8])),
};
const always = (answer: string) => ({ predict: (rows: number[][]) => rows.map(() => answer) });
const pictures = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
];

/** Of all traces that are no fields of colour. */
const traces = (figure: plot.Figure) => figure.data.map(({ name, x: across, y: up }) => ({ name, x: across, y: up }));

const EVERY: [string, plot.Figure][] = [
  ['clusters', plot.clusters(x, { assignments, centres: [[1, 1, 0]] })],
  ['mixture', plot.mixture(x, mixture)],
  ['silhouette', plot.silhouette([0.5, 0.2, 0.1, -0.1, 0.3, 0], assignments)],
  ['explained', plot.explained({ explainedShare: [0.7, 0.25, 0.05] })],
  ['neighbourDistances', plot.neighbourDistances(x, { minRows: 3, radius: 2 })],
  ['regions', plot.regions(supervised.knn({ x: x.map(row => row.slice(0, 2)), y }, { neighbours: 1 }), points)],
  ['tree', plot.tree(supervised.tree({ x, y }))],
  ['reconstructions', plot.reconstructions(pictures, pictures, { shape: [2, 2] })],
  ['scatter3d', plot.scatter3d({ ...points, z: x.map(row => row[2]!) })],
];

describe.each(EVERY)('%s', (_, figure) => {
  it('is plain JSON, and an SVG of numbers alone', () => {
    expect(JSON.parse(JSON.stringify(figure.data))).toEqual(figure.data);
    const svg = figure.toSvg();
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
  });
});

describe('clusters', () => {
  it('draws each cluster by itself, noise too, and the centres in two of the features', () => {
    const figure = plot.clusters(
      { x, features: ['width_mm', 'b', 'c'] },
      { assignments, centres: [[1, 2, 3]] },
      { columns: [0, 2] },
    );
    expect(traces(figure)).toEqual([
      { name: 'noise', x: [9], y: [1] },
      { name: 'cluster 0', x: [1, 1, 2], y: [0, 1, 0] },
      { name: 'cluster 1', x: [9, 8], y: [1, 0] },
      { name: 'centres', x: [1], y: [3] },
    ]);
    expect(figure.description).toBe('2 clusters in 6 rows. 1 row of noise');
    expect(figure.layout.xaxis).toMatchObject({ title: { text: 'width (mm)' } });
  });

  it('takes what k-means, its steps and DBSCAN give', () => {
    const model = unsupervised.kmeans(x, { clusters: 2 });
    expect(plot.clusters(x, model).data).toHaveLength(3);
    const [step] = unsupervised.kmeansSteps(x, { clusters: 2 });
    expect(plot.clusters(x, step!).data.at(-1)).toMatchObject({ name: 'centres' });
    expect(plot.clusters(x, unsupervised.dbscan(x, { radius: 2, minRows: 2 })).data).toHaveLength(2);
  });

  it('refuses what does not fit', () => {
    expect(() => plot.clusters(x, { assignments: [0] })).toThrow(
      'expected the number of a group for each row, −1 for none, received 1 for 6 rows',
    );
    expect(() => plot.clusters(x, { assignments, centres: [[1]] })).toThrow('expected as many numbers as in a row');
    expect(() => plot.clusters(x, { assignments }, { columns: [0, 3] })).toThrow('columns');
    expect(() => plot.clusters([[1], [2]], { assignments: [0, 0] })).toThrow('expected rows of two numbers or more');
  });
});

describe('mixture', () => {
  /** How far the points of an ellipse are from its middle, by Mahalanobis. */
  const distances = ({ x: across, y: up }: plot.PlotlyTrace, [mx, my]: [number, number], [a, b, c]: number[]) =>
    (across as number[]).map((h, i) => {
      const [dx, dy] = [h - mx, (up as number[])[i]! - my];
      return Math.sqrt((c! * dx * dx - 2 * b! * dx * dy + a! * dy * dy) / (a! * c! - b! * b!));
    });

  it('draws ellipses at one and two standard deviations', () => {
    const [, , first, second] = plot.mixture(x, mixture).data;
    for (const distance of distances(first!, [1, 1], [4, 1, 9])) expect(distance).toBeCloseTo(1, 10);
    for (const distance of distances(second!, [1, 1], [4, 1, 9])) expect(distance).toBeCloseTo(2, 10);
    const [, , other] = plot.mixture(x, mixture, { columns: [2, 1] }).data;
    for (const distance of distances(other!, [5, 1], [1, 2, 9])) expect(distance).toBeCloseTo(1, 10);
  });

  it.each(['full', 'diagonal', 'spherical'] as const)('takes a fitted mixture, %s, and its steps', covariance => {
    const model = unsupervised.mixture(x, { components: 2, covariance });
    const figure = plot.mixture(x, model);
    expect(figure.data.map(({ name }) => name)).toEqual(['part 0', 'part 1', '', '', '', '']);
    expect(figure.data[0]!.x).toHaveLength(3);
    const [step] = unsupervised.mixtureSteps(x, { components: 2, covariance });
    expect(plot.mixture(x, step!).data).toHaveLength(figure.data.length);
  });

  it('tells the shares of the parts, and refuses what is none', () => {
    expect(plot.mixture(x, mixture).description).toMatch(/^A mixture of 2 parts: 75 %, 25 %/);
    expect(() => plot.mixture(x, { ...mixture, means: [] })).toThrow(
      'expected weights, means and covariances of as many parts, received 2, 0 and 2',
    );
  });
});

describe('silhouette', () => {
  it('sorts the rows of each cluster, and draws the mean', () => {
    const values = metrics.silhouettes(x, [0, 0, 0, 1, 1, 1]);
    const figure = plot.silhouette(values, [0, 0, 0, 1, 1, 1]);
    const sorted = (from: number) => [...values].slice(from, from + 3).sort((a, b) => b - a);
    expect(figure.data.map(trace => trace.y)).toMatchObject([
      sorted(0),
      sorted(3),
      [metrics.silhouette(x, [0, 0, 0, 1, 1, 1]), expect.any(Number)],
    ]);
    expect(figure.data.map(trace => trace.x)).toEqual([
      [0.5, 1.5, 2.5],
      [4.5, 5.5, 6.5],
      [0, 8],
    ]);
  });

  it('counts rows that are nearer to another cluster, and draws a part of very many', () => {
    expect(plot.silhouette([0.5, -0.5], [0, 1]).description).toBe(
      'Silhouettes: 0 on average. 1 of 2 rows are nearer to another cluster',
    );
    const many = Array.from({ length: 5000 }, (_, row) => row / 5000);
    const figure = plot.silhouette(
      many,
      many.map(() => 0),
    );
    expect(figure.data[0]!.x).toHaveLength(200);
    expect(figure.data[0]).toMatchObject({ width: 25 });
    expect(() => plot.silhouette([], [])).toThrow('expected at least one value');
  });
});

describe('explained', () => {
  it('adds the shares up, and tells how many are enough', () => {
    const figure = plot.explained({ explainedShare: [0.5, 0.45, 0.05] });
    expect(traces(figure).map(({ y: up }) => up)).toEqual([
      [0.5, 0.45, 0.05],
      [0.5, 0.95, 1],
    ]);
    expect(figure.description).toBe('2 components of 3: 95 % of the variance');
    expect(plot.explained({ explainedShare: [0.5] }).description).toBe('1 component: 50 % of the variance');
    expect(() => plot.explained({ explainedShare: [] })).toThrow(
      'expected a model with the explained share of each component',
    );
  });
});

describe('neighbourDistances', () => {
  it('sorts the distances to a neighbour so far on; the row itself counts', () => {
    const line = [[0], [1], [3], [7]];
    expect(plot.neighbourDistances(line, { minRows: 2 }).data[0]).toMatchObject({ x: [1, 2, 3, 4], y: [1, 1, 2, 4] });
    expect(plot.neighbourDistances(line, { minRows: 3 }).data[0]).toMatchObject({ y: [2, 3, 3, 6] });
    expect(plot.neighbourDistances(line, { minRows: 2, radius: 1.5 }).description).toMatch(
      /^2 of 4 rows have 1 other within 1.5/,
    );
  });

  it('counts as DBSCAN does', () => {
    const { coreRows } = unsupervised.dbscan(x, { radius: 1.2, minRows: 3 });
    const within = (plot.neighbourDistances(x, { minRows: 3 }).data[0]!.y as number[]).filter(far => far <= 1.2);
    expect(within).toHaveLength(coreRows.length);
    expect(() => plot.neighbourDistances(x, { minRows: 7 })).toThrow(
      'expected at least 7 rows, as many as minRows, received 6',
    );
  });
});

describe('regions', () => {
  it('colours the ground by what the model says there', () => {
    const half = { predict: (rows: number[][]) => rows.map(row => (row[0]! < 5 ? 'a' : 'b')) };
    const figure = plot.regions(half, points, { steps: 4, xRange: [0, 10], yRange: [0, 4] });
    expect(figure.data[0]).toMatchObject({
      x: [1.25, 3.75, 6.25, 8.75],
      y: [0.5, 1.5, 2.5, 3.5],
      z: Array(4).fill([0, 0, 1, 1]),
    });
    expect(figure.description).toMatch(/^100 % of the points lie in the region of their class/);
    expect(figure.data.slice(1).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('counts the points in foreign regions, and draws a model with one answer', () => {
    const figure = plot.regions(always('b'), points, { steps: 2 });
    expect(figure.description).toMatch(/^50 % of the points/);
    expect(plot.regions(always('c'), { ...points, group: y.map(() => 'c') }).toSvg()).not.toContain('NaN');
  });

  it('refuses what is no classifier of two numbers', () => {
    expect(() => plot.regions({ predict: () => [] }, points)).toThrow('a prediction for each of');
    expect(() => plot.regions({} as never, points)).toThrow('expected a model that can predict');
    expect(() => plot.regions(always('a'), { x: [Number.NaN], y: [1], group: ['a'] })).toThrow(
      'expected points without missing values',
    );
  });
});

describe('tree', () => {
  const words = (figure: plot.Figure) => (figure.layout.annotations as { text: string }[]).map(({ text }) => text);

  it('writes questions and answers, and draws each place as large as its rows', () => {
    const figure = plot.tree(supervised.tree({ x, y, features: ['length_mm', 'b', 'c'] }));
    expect(figure.description).toBe('The first question is length (mm) ≤ 5. Yes goes left, no goes right; 2 ends');
    expect(words(figure)).toEqual(['length<br>≤ 5 ?', 'a<br>100 % of 3', 'b<br>100 % of 3']);
    const sizes = figure.data.flatMap(({ marker }) => (marker ? [(marker as { size: number }).size] : []));
    expect(sizes.map(size => ((size - 8) / 22) ** 2).sort()).toEqual([expect.closeTo(0.5), expect.closeTo(0.5), 1]);
  });

  it('leaves out what is deeper than asked for', () => {
    const model = supervised.tree({ x, y: ['a', 'b', 'a', 'b', 'a', 'b'] });
    expect(plot.tree(model, { depth: 0 }).description).toMatch(/1 end; what is below … is left out$/);
    expect(words(plot.tree(model, { depth: 0 }))).toEqual(['a<br>50 % of 6<br>…']);
  });

  it('writes the mean in the leaves of a regression', () => {
    const model = supervised.tree({ x, y: [1, 1, 1, 4, 4, 4] }, { task: 'regression' });
    expect(words(plot.tree(model)).slice(1)).toEqual(['1<br>3 rows', '4<br>3 rows']);
    expect(() => plot.tree({} as never)).toThrow('expected a decision tree, received an empty object');
  });
});

describe('reconstructions', () => {
  it('puts originals above and reconstructions below, on the scale of the originals', () => {
    const figure = plot.reconstructions(
      pictures,
      [
        [0, 1, 2, 9],
        [3, 2, 1, -9],
      ],
      { shape: [2, 2] },
    );
    const [first, , third, last] = figure.data;
    expect(figure.data).toHaveLength(4);
    expect(first!.z).toEqual([
      [0, expect.closeTo(1 / 3, 1)],
      [expect.closeTo(2 / 3, 1), 1],
    ]);
    expect((third!.z as number[][])[1]![1]).toBe(1);
    expect((last!.z as number[][])[1]![1]).toBe(0);
    expect(Math.max(...(third!.y as number[]))).toBeLessThan(Math.min(...(first!.y as number[])));
    expect(figure.description).toContain('mean squared error 14.6');
  });

  it('shows the first so many, and refuses other sizes', () => {
    expect(plot.reconstructions(pictures, pictures, { shape: [2, 2], most: 1 }).data).toHaveLength(2);
    expect(() => plot.reconstructions(pictures, pictures, { shape: [3, 2] })).toThrow(
      'expected 2 pictures of 3 × 2 = 6 numbers, twice, received 2 of 4 numbers',
    );
    expect(() => plot.reconstructions(pictures, pictures, {} as never)).toThrow('expected [height, width]');
  });
});

describe('scatter3d', () => {
  it('is a figure in space, with a projection for pages without scripts', () => {
    const figure = plot.scatter3d({ ...points, z: [1, 2, 3, 4, 5, Number.NaN] }, { zLabel: 'height' });
    expect(figure.data.map(({ type, name, z }) => ({ type, name, z }))).toEqual([
      { type: 'scatter3d', name: 'a', z: [1, 2, 3] },
      { type: 'scatter3d', name: 'b', z: [4, 5] },
    ]);
    expect(figure.layout.scene).toMatchObject({ zaxis: { title: { text: 'height' } } });
    expect(figure.layout).not.toHaveProperty('xaxis');
    expect(figure.toSvg()).toContain('1 point left out: a value is missing');
    expect(figure.description).toBe('5 points in space, in 2 groups. x from 1 to 9, y from 1 to 8, height from 1 to 5');
  });

  it('refuses lists of different lengths, and no points', () => {
    expect(() => plot.scatter3d({ x: [1], y: [1, 2], z: [1] })).toThrow('as many x as y');
    expect(() => plot.scatter3d({ x: [], y: [], z: [] })).toThrow('expected at least one point');
  });
});
