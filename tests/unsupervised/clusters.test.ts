import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';
import { golden } from './golden.ts';

const points = (count: number, columns = 2) =>
  fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: columns, maxLength: columns }), {
    minLength: count,
    maxLength: 24,
  });

/** Round clouds at these places. */
function clouds(places: readonly (readonly number[])[], size: number, spread: number, seed: number): number[][] {
  const generator = random(seed);
  return places.flatMap(place =>
    Array.from({ length: size }, () => place.map(centre => generator.normal(centre, spread))),
  );
}

describe('k-means', () => {
  it('never raises the inertia, and ends where each row is nearest to its centre and each centre the mean of its rows', () => {
    fc.assert(
      fc.property(points(4), fc.integer({ min: 1, max: 4 }), fc.nat(99), (x, clusters, seed) => {
        const start = seed % 2 === 0 ? ('k-means++' as const) : ('random' as const);
        const steps = [...unsupervised.kmeansSteps(x, { clusters, seed, start, tolerance: 0 })];
        for (const [i, step] of steps.entries()) {
          if (i > 0) expect(step.inertia).toBeLessThanOrEqual(steps[i - 1]!.inertia * (1 + 1e-12) + 1e-12);
          const squares = x.map((row, r) => squared(row, step.centres[step.assignments[r]!]!));
          expect(step.inertia).toBeCloseTo(
            squares.reduce((sum, square) => sum + square, 0),
            8,
          );
          x.forEach((row, r) => {
            for (const centre of step.centres) expect(squared(row, centre)).toBeGreaterThan(squares[r]! - 1e-9);
          });
        }
        const { centres, assignments } = steps.at(-1)!;
        centres.forEach((centre, cluster) => {
          const members = x.filter((_, row) => assignments[row] === cluster);
          if (members.length > 0)
            centre.forEach((value, j) =>
              expect(value).toBeCloseTo(members.reduce((sum, row) => sum + row[j]!, 0) / members.length, 9),
            );
        });
        expect(new Set(assignments).size).toBe(Math.min(clusters, new Set(x.map(String)).size));
      }),
      { seed: 4, numRuns: 80 },
    );
  });

  it('gives by steps what it gives at once', () => {
    const { z } = golden;
    const steps = [...unsupervised.kmeansSteps(z, { clusters: 3, seed: 5 })];
    const model = unsupervised.kmeans(z, { clusters: 3, seed: 5, restarts: 1 });
    expect(steps.map(step => step.inertia)).toEqual(model.history);
    expect(steps.at(-1)).toMatchObject({ centres: model.centres, assignments: model.assignments, moved: 0 });
    expect(steps.map(step => step.iteration)).toEqual(steps.map((_, i) => i + 1));
    expect(steps[0]!.moved).toBe(z.length);
  });

  it('of several starts keeps the best', () => {
    const { z } = golden;
    const inertia = (restarts: number, seed: number) =>
      unsupervised.kmeans(z, { clusters: 6, start: 'random', seed, restarts }).inertia;
    const [many, one] = [8, 1].map(restarts => [1, 2, 3, 4].map(seed => inertia(restarts, seed)));
    many!.forEach((value, i) => expect(value).toBeLessThanOrEqual(one![i]!));
    expect(Math.max(...many!)).toBeLessThan(Math.max(...one!));
  });

  it('k-means++ begins nearer to where it ends than rows drawn at random', () => {
    const x = clouds(
      [
        [0, 0],
        [9, 0],
        [0, 9],
        [9, 9],
        [18, 18],
      ],
      30,
      0.8,
      3,
    );
    const first = (start: 'k-means++' | 'random') => {
      let sum = 0;
      for (let seed = 0; seed < 20; seed++)
        sum += [...unsupervised.kmeansSteps(x, { clusters: 5, start, seed })][0]!.inertia;
      return sum / 20;
    };
    expect(first('k-means++')).toBeLessThan(first('random') / 3);
  });

  it('gives a cluster that lost its rows another one', () => {
    const x = [[0], [1], [2], [10], [11]];
    const model = unsupervised.kmeans(x, { clusters: 3, start: [[0], [10], [1000]] });
    expect(new Set(model.assignments).size).toBe(3);
  });

  it('scores how much its clusters explain', () => {
    const x = [[0], [2], [10], [12]];
    const model = unsupervised.kmeans(x, { clusters: 2, seed: 1 });
    expect(model.score(x)).toBeCloseTo(1 - 4 / 104, 12);
    expect(() => model.score([[3], [3]])).toThrow(
      'model.score(x): expected rows that differ, received 2 rows that are all the same.',
    );
    expect(unsupervised.kmeans(x, { clusters: 1 }).score(x)).toBeCloseTo(0, 12);
  });

  it.each([
    [
      () => unsupervised.kmeans([[1], [2]], { clusters: 3 }),
      'unsupervised.kmeans(x): expected at least 3 rows for 3 clusters, received 2.',
    ],
    [
      () => unsupervised.kmeans([[1], [2]], {} as never),
      'unsupervised.kmeans({ clusters }): expected a whole number from 1, received undefined.',
    ],
    [
      () => unsupervised.kmeans([[1], [2]], { clusters: 1, start: [[1, 2]] }),
      'unsupervised.kmeans({ start }): expected 1 rows of 1 finite numbers',
    ],
    [
      () => unsupervised.kmeans([[1], [2]], { clusters: 1, start: 'kmeans++' as never }),
      "expected one of 'k-means++', 'random'",
    ],
    [
      () => [...unsupervised.kmeansSteps([[Number.NaN]], { clusters: 1 })],
      'unsupervised.kmeansSteps(x): expected finite numbers',
    ],
  ])('refuses case %#', (call, message) => expect(call).toThrow(message));
});

describe('mixture', () => {
  it('never lowers the log-likelihood', () => {
    fc.assert(
      fc.property(points(8), fc.constantFrom('full', 'diagonal', 'spherical'), fc.nat(99), (x, covariance, seed) => {
        const kind = covariance as unsupervised.CovarianceKind;
        const options = {
          components: 2,
          covariance: kind,
          seed,
          regularisation: 1e-3,
          tolerance: 0,
          maxIterations: 20,
        };
        const steps = [...unsupervised.mixtureSteps(x, options)];
        // What is added to each variance is not of the optimum: so little it may fall.
        for (let i = 1; i < steps.length; i++)
          expect(steps[i]!.logLikelihood).toBeGreaterThan(steps[i - 1]!.logLikelihood - 5e-3);
        for (const row of steps.at(-1)!.responsibilities)
          expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      }),
      { seed: 6, numRuns: 40 },
    );
    const free = [
      ...unsupervised.mixtureSteps(golden.z, { components: 2, regularisation: 0, tolerance: 0, maxIterations: 40 }),
    ];
    for (let i = 1; i < free.length; i++)
      expect(free[i]!.logLikelihood).toBeGreaterThan(free[i - 1]!.logLikelihood - 1e-12);
  });

  it('has a density that adds up to 1', () => {
    const x = clouds(
      [
        [0, 0],
        [3, 1],
      ],
      40,
      0.7,
      2,
    );
    for (const covariance of ['full', 'diagonal', 'spherical'] as const) {
      const model = unsupervised.mixture(x, { components: 2, covariance });
      const step = 0.1;
      const grid: number[][] = [];
      for (let a = -6; a < 9; a += step) for (let b = -6; b < 8; b += step) grid.push([a, b]);
      const sum = model.logDensities(grid).reduce((total, value) => total + Math.exp(value) * step * step, 0);
      expect(sum).toBeCloseTo(1, 3);
    }
  });

  it('finds the clouds that it is given, and draws new ones like them', () => {
    const model = unsupervised.mixture(
      clouds(
        [
          [0, 0],
          [6, 6],
        ],
        200,
        1,
        4,
      ),
      { components: 2, seed: 2 },
    );
    const means = [...model.means].sort((a, b) => a[0]! - b[0]!);
    expect(means[0]![0]).toBeCloseTo(0, 0);
    expect(means[1]![0]).toBeCloseTo(6, 0);
    const sample = model.sample(2000, 7);
    expect(model.sample(2000, 7)).toEqual(sample);
    const refitted = unsupervised.mixture(sample, { components: 2, seed: 1 });
    expect(refitted.score(sample)).toBeCloseTo(model.score(sample), 1);
    expect(model.score(sample)).toBeGreaterThan(model.score(clouds([[3, 3]], 100, 1, 1)));
  });

  it('by the criteria of Schwarz and Akaike prefers as many parts as there are', () => {
    const x = clouds(
      [
        [0, 0],
        [8, 0],
        [0, 8],
      ],
      60,
      1,
      9,
    );
    const models = [1, 2, 3, 4, 5].map(components => unsupervised.mixture(x, { components, seed: 1, restarts: 2 }));
    const bic = models.map(model => model.bic(x));
    expect(bic.indexOf(Math.min(...bic))).toBe(2);
    expect(models[1]!.aic(x)).toBeGreaterThan(models[2]!.aic(x));
  });

  it('says so when a part shrinks to a point', () => {
    const x = [
      [0, 0],
      [0, 0],
      [0, 0],
      [5, 1],
      [6, 3],
      [7, 2],
    ];
    expect(() => unsupervised.mixture(x, { components: 2, regularisation: 0 })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/part [01] shrank to a point or a plane/),
        hint: expect.stringContaining('raise { regularisation }'),
      }),
    );
  });

  it('refuses a start that does not fit', () => {
    const start = {
      weights: [0.5, 0.5],
      means: [
        [0, 0],
        [1, 1],
      ],
      covariances: [1, 1],
    };
    const fit = (changed: object, covariance: unsupervised.CovarianceKind = 'spherical') =>
      unsupervised.mixture(
        golden.z.map(row => row.slice(0, 2)),
        { components: 2, covariance, start: { ...start, ...changed } },
      );
    expect(fit({}).weights).toHaveLength(2);
    expect(() => fit({}, 'full')).toThrow('expected 2 weights above 0 and 2 full covariances of 2 features');
    expect(() => fit({ weights: [1, 0] })).toThrow('expected 2 weights above 0');
    expect(() => fit({ means: [[0], [1]] })).toThrow(
      'unsupervised.mixture({ start }).means: expected 2 rows of 2 finite numbers',
    );
  });
});

describe('DBSCAN', () => {
  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(points(6), fc.nat(99), (x, seed) => {
        const model = unsupervised.dbscan(x, { radius: 1.5, minRows: 3 });
        const order = random(seed).permutation(x.length);
        const turned = unsupervised.dbscan(
          order.map(row => x[row]!),
          { radius: 1.5, minRows: 3 },
        );
        expect(turned.clusters).toBe(model.clusters);
        const names = new Map<number, number>();
        order.forEach((row, place) => {
          const [before, after] = [model.assignments[row]!, turned.assignments[place]!];
          expect(before === -1).toBe(after === -1);
          // A border row as near to two clusters as to one goes to the first: there the order counts.
          if (!model.coreRows.includes(row)) return;
          expect(names.get(before) ?? after).toBe(after);
          names.set(before, after);
        });
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  it('finds rings that k-means cannot', () => {
    const ring = (radius: number) =>
      Array.from({ length: 60 }, (_, i) => [
        radius * Math.cos((i * Math.PI) / 30),
        radius * Math.sin((i * Math.PI) / 30),
      ]);
    const x = [...ring(1), ...ring(4), [20, 20]];
    const model = unsupervised.dbscan(x, { radius: 0.6, minRows: 3 });
    expect(model.clusters).toBe(2);
    expect(model.assignments.slice(0, 60)).toEqual(Array(60).fill(0));
    expect(model.assignments.slice(60, 120)).toEqual(Array(60).fill(1));
    expect(model.assignments[120]).toBe(-1);
    expect(
      model.predict([
        [1.1, 0],
        [0, 4.2],
        [0, 2.5],
      ]),
    ).toEqual([0, 1, -1]);
  });

  it('of noise alone has no cluster, and comes back from its file', () => {
    const model = unsupervised.dbscan([[0], [10], [20]], { radius: 1, minRows: 2 });
    expect(model).toMatchObject({ clusters: 0, coreRows: [], assignments: [-1, -1, -1] });
    expect(model.predict([[0]])).toEqual([-1]);
  });
});

function squared(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}
