import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dense, onProgress, type ProgressEvent, random } from '../../src/core/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';
import { affinities, neighbourProbabilities } from '../../src/unsupervised/tsne/affinities.ts';
import { divergence, divergenceGradient } from '../../src/unsupervised/tsne/gradient.ts';
import { expectClose } from '../estimators/close.ts';
import { golden } from './golden.ts';

function normal(rows: number, columns: number, seed: number): number[][] {
  const generator = random(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => generator.normal()));
}

describe('PCA', () => {
  it('with all components gives the rows back; with fewer, the error is what the left ones vary', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(99),
        (rows, columns, seed) => {
          const x = normal(rows, columns, seed);
          const all = unsupervised.pca(x);
          expectClose(all.inverse(all.transform(x)), x, 1e-9);
          expect(all.score(x)).toBeCloseTo(1, 9);
          expect(all.explainedShare.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          const one = unsupervised.pca(x, { components: 1 });
          const left = all.explainedVariance.slice(1).reduce((sum, variance) => sum + variance, 0);
          const errors = one.errors(x).reduce((sum, error) => sum + error * columns, 0);
          expect(errors / (rows - 1)).toBeCloseTo(left, 8);
          expect(one.score(x)).toBeCloseTo(one.explainedShare[0]!, 9);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  it('gives uncorrelated numbers, of the variances that it says', () => {
    const { z } = golden;
    const model = unsupervised.pca(z, { components: 4 });
    const codes = model.transform(z);
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++) {
        const product = codes.reduce((sum, row) => sum + row[a]! * row[b]!, 0) / (z.length - 1);
        expect(product).toBeCloseTo(a === b ? model.explainedVariance[a]! : 0, 9);
      }
  });

  it('takes as many components as a share of the variance needs', () => {
    const { z } = golden;
    const all = unsupervised.pca(z).explainedShare;
    const model = unsupervised.pca(z, { components: 0.8 });
    const sum = (count: number) => all.slice(0, count).reduce((total, share) => total + share, 0);
    expect(sum(model.components.length)).toBeGreaterThanOrEqual(0.8);
    expect(sum(model.components.length - 1)).toBeLessThan(0.8);
  });

  it('finds few of many directions as it finds all of them', () => {
    const x = normal(360, 330, 3).map((row, i) => row.map((value, j) => value / (1 + j) + (i % 3)));
    const few = unsupervised.pca(x, { components: 5 }); // by the Krylov method
    const all = unsupervised.pca(x, { components: 60 }); // by the matrix of all
    expectClose(few.explainedVariance, all.explainedVariance.slice(0, 5), 1e-10);
    expectClose(few.components, all.components.slice(0, 5), 1e-6);
  });

  it('of rows that are all the same is 0 in every direction', () => {
    const model = unsupervised.pca([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(model.transform([[1, 2, 3]])).toEqual([[0, 0]]);
    expect(model.explainedShare).toEqual([0, 0]);
  });

  it('of fewer rows than features may be asked for directions in which nothing varies', () => {
    const x = [
      [1, 0, 0, 0],
      [2, 0, 0, 0],
      [3, 0, 0, 0],
    ];
    const model = unsupervised.pca(x, { components: 2 });
    expectClose(model.explainedVariance, [1, 0], 1e-12);
    const [first, second] = model.components;
    expect(first!.reduce((sum, value, j) => sum + value * second![j]!, 0)).toBeCloseTo(0, 12);
    expect(second!.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
  });

  it.each([
    [() => unsupervised.pca([[1, 2]]), 'unsupervised.pca(x): expected at least 2 rows, received 1.'],
    [
      () => unsupervised.pca([[1], [2]], { components: 2 }),
      'unsupervised.pca({ components }): expected a whole number from 1 to 1, received 2.',
    ],
    [() => unsupervised.pca([[1], [2]], { components: 1.5 }), 'expected a whole number from 1 to 1, received 1.5'],
    [() => unsupervised.pca([[1], [2]], { components: -0.5 }), 'expected a whole number from 1 to 1, received -0.5'],
    [
      () =>
        unsupervised
          .pca([
            [1, 2],
            [2, 1],
          ])
          .inverse([[1, 2]]),
      'model.inverse(z): expected rows of 1 number, as transform gives them, received rows of 2.',
    ],
  ])('refuses case %#', (call, message) => expect(call).toThrow(message));
});

describe('whitening', () => {
  it.each(['pca', 'zca'] as const)('%s makes the covariance the identity, and goes back', kind => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 14 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(99),
        (rows, columns, seed) => {
          const mix = normal(columns, columns, seed + 100);
          const x = normal(rows, columns, seed).map(row =>
            mix.map(weights => weights.reduce((sum, w, j) => sum + w * row[j]!, 3)),
          );
          const model = unsupervised.whitening(x, { kind });
          const z = model.transform(x);
          for (let a = 0; a < columns; a++)
            for (let b = 0; b < columns; b++) {
              const product = z.reduce((sum, row) => sum + row[a]! * row[b]!, 0) / (rows - 1);
              expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
            }
          expectClose(model.inverse(z), x, 1e-7);
        },
      ),
      { seed: 5, numRuns: 30 },
    );
  });

  it('leaves out directions in which nothing varies', () => {
    const x = [
      [1, 5, 2],
      [2, 5, 4],
      [4, 5, 8],
      [3, 5, 6],
    ];
    const pca = unsupervised.whitening(x);
    expect(pca.components).toHaveLength(1);
    const zca = unsupervised.whitening(x, { kind: 'zca' });
    expect(zca.transform(x)[0]).toHaveLength(3);
    expectClose(zca.inverse(zca.transform(x)), x, 1e-10);
    expect(() =>
      unsupervised.whitening([
        [1, 2],
        [1, 2],
      ]),
    ).toThrow('expected rows that differ, received 2 rows that are all the same');
  });

  it('with epsilon blows noise up less', () => {
    const x = normal(50, 1, 1).map(([value]) => [value!, value! + 1e-4 * Math.sin(1e6 * value!)]);
    const spread = (epsilon: number) =>
      Math.max(
        ...unsupervised
          .whitening(x, { epsilon })
          .transform(x)
          .map(row => Math.abs(row[1]!)),
      );
    expect(spread(0)).toBeGreaterThan(1);
    expect(spread(0.01)).toBeLessThan(0.01);
  });
});

describe('t-SNE', () => {
  it('finds the width at which each row has as many neighbours as wanted', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 12, maxLength: 30 }),
        fc.integer({ min: 2, max: 9 }),
        (squares, perplexity) => {
          const found = neighbourProbabilities(Float64Array.from(squares), perplexity);
          const entropy = found.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
          expect(Math.exp(entropy)).toBeCloseTo(perplexity, 6);
          expect(found.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });

  it('has affinities that are symmetric and add up to 1', () => {
    const x = normal(40, 3, 2);
    const { starts, others, values } = affinities(dense(40, 3, Float64Array.from(x.flat())), 5);
    const full = new Map<string, number>();
    for (let i = 0; i < 40; i++)
      for (let t = starts[i]!; t < starts[i + 1]!; t++) full.set(`${i},${others[t]}`, values[t]!);
    for (const [key, value] of full) expect(full.get(key.split(',').reverse().join())).toBe(value);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  it('has the gradient of its divergence, by finite differences', () => {
    const x = normal(12, 3, 4);
    const affinity = affinities(dense(12, 3, Float64Array.from(x.flat())), 3);
    const gradientOf = divergenceGradient(affinity, 0);
    const points = Float64Array.from(normal(12, 2, 5).flat());
    const gradient = new Float64Array(24);
    const spare = new Float64Array(24);
    gradientOf(points, 1, gradient);
    for (let t = 0; t < 24; t++) {
      const [up, down] = [1e-5, -1e-5].map(by => {
        const moved = points.map((value, s) => value + (s === t ? by : 0));
        return divergence(affinity, moved, gradientOf(moved, 1, spare));
      });
      expect(gradient[t]).toBeCloseTo((up! - down!) / 2e-5, 7);
    }
  });

  it('sees far points as groups, and near ones one by one', () => {
    const points = Float64Array.from(normal(400, 2, 6).flat(), value => value * 20);
    const none = { starts: new Int32Array(401), others: new Int32Array(0), values: new Float64Array(0) };
    const [exact, near] = [new Float64Array(800), new Float64Array(800)];
    divergenceGradient(none, 0)(points, 1, exact);
    divergenceGradient(none, 0.5)(points, 1, near);
    const error = Math.hypot(...exact.map((value, t) => value - near[t]!)) / Math.hypot(...exact);
    expect(error).toBeLessThan(0.02);
    expect(error).toBeGreaterThan(0); // it did group some
  });

  it('bears points in the same place', async () => {
    const x = [...Array.from({ length: 6 }, () => [1, 1]), ...Array.from({ length: 6 }, () => [5, 5])];
    const { embedding } = await unsupervised.tsne(x, { perplexity: 3, iterations: 300, start: 'random' });
    expect(embedding.flat().every(Number.isFinite)).toBe(true);
    const same = await unsupervised.tsne(x, { perplexity: 3, iterations: 50, start: x.map(() => [0, 0]) });
    expect(same.embedding).toEqual(x.map(() => [0, 0]));
  });

  it('keeps apart what is apart', async () => {
    const x = [0, 8, 16].flatMap((centre, i) => normal(25, 6, i).map(row => row.map(value => value + centre)));
    const model = await unsupervised.tsne(x, { perplexity: 10, iterations: 700 }); // at 400 it is still on its way
    const nearest = model.embedding.map((row, i) =>
      model.embedding
        .map((other, j) => ({
          j,
          distance: i === j ? Number.POSITIVE_INFINITY : Math.hypot(row[0]! - other[0]!, row[1]! - other[1]!),
        }))
        .reduce((best, entry) => (entry.distance < best.distance ? entry : best)),
    );
    nearest.forEach(({ j }, i) => expect(Math.floor(j / 25)).toBe(Math.floor(i / 25)));
    expect(model.history).toHaveLength(14);
    expect(model.divergence).toBeLessThan(model.history[0]!);
    expect(model.stopped).toBe(false);
  });

  it('tells how far it is, shows the points move, and can be stopped', async () => {
    const x = normal(300, 5, 1);
    const events: ProgressEvent[] = [];
    const end = onProgress(event => events.push(event));
    const controller = new AbortController();
    const steps: unsupervised.TsneStep[] = [];
    let others = 0;
    const timer = setInterval(() => others++, 5);
    const model = await unsupervised.tsne(x, {
      iterations: 100_000,
      signal: controller.signal,
      stepEvery: 10,
      onStep: step => {
        steps.push(step);
        if (steps.length === 5) controller.abort();
      },
    });
    clearInterval(timer);
    end();
    expect(model.stopped).toBe(true);
    expect(model.iterations).toBeLessThan(5000);
    expect(steps.slice(0, 5).map(step => step.iteration)).toEqual([10, 20, 30, 40, 50]);
    expect(steps[0]!.embedding).not.toEqual(steps[1]!.embedding);
    expect(others).toBeGreaterThan(0);
    expect(events[0]).toMatchObject({ kind: 'task-start', label: 't-SNE', total: 100_000 });
    expect(events.at(-1)).toMatchObject({ kind: 'task-end', reason: 'stopped' });
    await sleep(0);
  });

  it.each([
    [{ perplexity: 10 }, 'unsupervised.tsne({ perplexity }): expected a number above 1 and up to 5, received 10.'],
    [{ theta: 2 }, 'unsupervised.tsne({ theta }): expected a number from 0 to 1, received 2.'],
    [{ start: [[1, 2]] }, 'unsupervised.tsne({ start }): expected 6 rows of 2 finite numbers'],
    [{ start: 'pcs' as never }, "expected one of 'pca', 'random', received 'pcs'"],
  ])('refuses case %#', async (options, message) => {
    await expect(unsupervised.tsne(normal(6, 2, 1), options)).rejects.toThrow(message);
  });
});
