import { describe, expect, it } from 'vitest';
import { dense } from '../../src/core/index.ts';
import * as metrics from '../../src/metrics/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';
import { affinities } from '../../src/unsupervised/tsne/affinities.ts';
import { divergenceGradient, divergence as divergenceOf } from '../../src/unsupervised/tsne/gradient.ts';
import { expectClose } from '../estimators/close.ts';
import { golden } from './golden.ts';

const { z } = golden;

describe('k-means, against scikit-learn', () => {
  const expected = golden.kmeans;

  it('ends at the same centres from the same start', () => {
    const model = unsupervised.kmeans(z, { clusters: 4, start: expected.start, tolerance: 0 });
    expectClose(model.centres, expected.centres, 1e-12);
    expect(model.assignments).toEqual(expected.assignments);
    expect(model.predict(z)).toEqual(expected.assignments);
    expectClose(model.inertia, expected.inertia, 1e-12);
    expectClose(model.transform(z.slice(0, 5)), expected.distances, 1e-12);
  });

  it('finds the best clusters by itself', () => {
    const model = unsupervised.kmeans(z, { clusters: 3, seed: 3 });
    expectClose(model.inertia, expected.best, 1e-4);
  });
});

describe('scores of clusters, against scikit-learn', () => {
  const { assignments } = golden.kmeans;
  const expected = golden.clustering;

  it('by the rows themselves', () => {
    expectClose(metrics.silhouettes(z, assignments), expected.silhouettes, 1e-12);
    expectClose(metrics.silhouette(z, assignments), expected.silhouette, 1e-12);
    expectClose(metrics.daviesBouldin(z, assignments), expected.daviesBouldin, 1e-12);
  });

  it('by another parting', () => {
    expectClose(metrics.adjustedRand(golden.truth, assignments), expected.adjustedRand, 1e-12);
    const information = metrics.normalisedMutualInformation(golden.truth, assignments);
    expectClose(information, expected.normalisedMutualInformation, 1e-12);
  });
});

describe('DBSCAN, against scikit-learn', () => {
  it('finds the same core rows, noise and clusters', () => {
    const { x, assignments, coreRows } = golden.dbscan;
    const model = unsupervised.dbscan(x, { radius: 0.22, minRows: 5 });
    expect(model.coreRows).toEqual(coreRows);
    expect(model.clusters).toBe(Math.max(...assignments) + 1);
    expect(model.clusters).toBeGreaterThan(2);
    expect(model.assignments).toEqual(assignments);
    expect(model.predict(x)).toEqual(assignments);
  });
});

describe('mixture, against scikit-learn', () => {
  it.each(['full', 'diagonal', 'spherical'] as const)('%s', covariance => {
    const expected = golden.mixture[covariance];
    const { start } = expected;
    const options = { components: 3, covariance, start, tolerance: 1e-11, maxIterations: 500, regularisation: 1e-3 };
    const model = unsupervised.mixture(z, options);
    expect(model.converged).toBe(true);
    expectClose(model.weights, expected.weights, 1e-4);
    expectClose(model.means, expected.means, 1e-4);
    expectClose(model.covariances, expected.covariances, 1e-4);
    expectClose(model.responsibilities(z), expected.responsibilities, 1e-4);
    expectClose(model.logDensities(z), expected.logDensities, 1e-4);
    expectClose(model.score(z), expected.score, 1e-8);
    expectClose(model.bic(z), expected.bic, 1e-8);
    expectClose(model.aic(z), expected.aic, 1e-8);
  });
});

describe('PCA, against scikit-learn', () => {
  it.each([
    ['wine', z, golden.pca.wine, 13],
    ['digits, of which pixels are always empty', golden.digits, golden.pca.digits, 6],
    ['more features than rows', golden.pca.wide.x, golden.pca.wide, 5],
  ] as const)('%s', (_, x, expected, components) => {
    const model = unsupervised.pca(x, { components });
    expectClose(model.mean, expected.mean, 1e-12);
    expectClose(model.explainedVariance, expected.explainedVariance, 1e-10);
    expectClose(model.explainedShare, expected.explainedShare, 1e-10);
    expectClose(model.components, expected.components, 1e-9);
    expectClose(model.transform(x.slice(0, 5)), expected.transformed, 1e-9);
    expectClose(model.inverse(model.transform(x.slice(0, 5))), expected.inverse, 1e-9);
  });
});

describe('whitening, against scikit-learn and NumPy', () => {
  it.each(['pca', 'zca'] as const)('%s', kind => {
    const model = unsupervised.whitening(z, { kind });
    expectClose(model.transform(z.slice(0, 5)), golden.whitening[kind], 1e-9);
  });
});

describe('t-SNE, against scikit-learn', () => {
  const { x, perplexity, neighbours, joint, places, divergence, gradient } = golden.tsne;
  const points = Float64Array.from(places.flat());
  const rows = dense(x.length, x[0]!.length, Float64Array.from(x.flat()));

  it('gives the same probabilities of being neighbours', () => {
    const found = affinities(rows, perplexity);
    const full = x.map(() => x.map(() => 0));
    for (let i = 0; i < x.length; i++)
      for (let t = found.starts[i]!; t < found.starts[i + 1]!; t++) full[i]![found.others[t]!] = found.values[t]!;
    expectClose(full, neighbours, 2e-6); // scikit-learn's search for the width is in float32
  });

  it('gives the same divergence and gradient', () => {
    const starts = Int32Array.from({ length: x.length + 1 }, (_, i) => i * x.length);
    const others = Int32Array.from({ length: x.length ** 2 }, (_, i) => i % x.length);
    const affinity = { starts, others, values: Float64Array.from(joint.flat()) };
    const found = new Float64Array(points.length);
    const total = divergenceGradient(affinity, 0)(points, 1, found);
    expectClose(divergenceOf(affinity, points, total), divergence, 1e-6);
    expectClose([...found], gradient.flat(), 1e-6);
    const near = new Float64Array(points.length);
    divergenceGradient(affinity, 0.5)(points, 1, near);
    const size = Math.hypot(...found);
    expect(Math.hypot(...found.map((value, t) => value - near[t]!))).toBeLessThan(0.05 * size);
    divergenceGradient(affinity, 1e-3)(points, 1, near);
    expectClose([...near], [...found], 1e-12);
  });
});

describe('anomalies, against scikit-learn', () => {
  const { odd, forest, fittedNeighbours, ...expected } = golden.anomalies;

  it.each([
    { kind: 'mahalanobis' },
    { kind: 'neighbours', neighbours: 5 },
    { kind: 'reconstruction', components: 4 },
  ] as const)('$kind', options => {
    const model = unsupervised.anomalies(z, options);
    expectClose(model.scores(odd), expected[options.kind], 1e-7);
    if (options.kind === 'neighbours') expectClose(model.fittedScores, fittedNeighbours, 1e-10);
  });

  it('forest, as far as two drawn by different lots can agree', () => {
    const model = unsupervised.anomalies(z, { kind: 'forest', trees: 500, sampleSize: 64 });
    const scores = model.scores([...z, ...odd]);
    scores.forEach((score, i) => expect(Math.abs(score - forest[i]!)).toBeLessThan(0.03));
  });
});
