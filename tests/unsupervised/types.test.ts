import { expectTypeOf, test } from 'vitest';
import type { Features } from '../../src/core/index.ts';
import type * as plot from '../../src/plot/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';

const x = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const later = (_: () => unknown) => {}; // types alone count: nothing is fitted

test('each model says what it predicts', () => {
  later(() => {
    expectTypeOf(unsupervised.kmeans(x, { clusters: 2 }).predict(x)).toEqualTypeOf<number[]>();
    expectTypeOf(unsupervised.dbscan(x, { radius: 1 }).predict(x)).toEqualTypeOf<number[]>();
    expectTypeOf(unsupervised.mixture(x, { components: 2 }).responsibilities(x)).toEqualTypeOf<number[][]>();
    expectTypeOf(unsupervised.anomalies(x).predict(x)).toEqualTypeOf<boolean[]>();
    expectTypeOf(unsupervised.pca(x).inverse(x)).toEqualTypeOf<number[][]>();
    expectTypeOf(unsupervised.whitening(x).transform).parameter(0).toEqualTypeOf<Features>();
    expectTypeOf(unsupervised.tsne(x)).resolves.toEqualTypeOf<unsupervised.TsneModel>();
    // @ts-expect-error t-SNE knows no place for other rows
    unsupervised.tsne(x).then(model => model.transform(x));
    // @ts-expect-error principal components are no classes
    unsupervised.pca(x).predict(x);
  });
});

test('how many clusters, and how near, has to be said', () => {
  later(() => {
    // @ts-expect-error how many?
    unsupervised.kmeans(x, {});
    // @ts-expect-error how many?
    unsupervised.mixture(x, { covariance: 'full' });
    // @ts-expect-error how near?
    unsupervised.dbscan(x, { minRows: 3 });
    // @ts-expect-error no such start
    unsupervised.kmeans(x, { clusters: 2, start: 'best' });
    // @ts-expect-error no such shape
    unsupervised.mixture(x, { components: 2, covariance: 'tied' });
  });
});

test('kinds of anomalies have their own options', () => {
  later(() => {
    unsupervised.anomalies(x, { kind: 'forest', trees: 10, seed: 1 });
    unsupervised.anomalies(x, { share: 0.1 });
    // @ts-expect-error a reconstruction needs to know from how many components
    unsupervised.anomalies(x, { kind: 'reconstruction' });
    // @ts-expect-error neighbours are no trees
    unsupervised.anomalies(x, { kind: 'neighbours', trees: 10 });
    expectTypeOf<unsupervised.AnomalyMethod>().toEqualTypeOf<
      'mahalanobis' | 'neighbours' | 'reconstruction' | 'forest'
    >();
  });
});

test('steps are walked one by one', () => {
  later(() => {
    for (const step of unsupervised.kmeansSteps(x, { clusters: 2 }))
      expectTypeOf(step).toEqualTypeOf<unsupervised.KmeansStep>();
    for (const step of unsupervised.mixtureSteps(x, { components: 2 }))
      expectTypeOf(step).toEqualTypeOf<unsupervised.MixtureStep>();
    unsupervised.tsne(x, { onStep: step => void expectTypeOf(step).toEqualTypeOf<unsupervised.TsneStep>() });
  });
});

test('a loaded model has the type of the kind that was asked for', () => {
  later(async () => {
    expectTypeOf(await unsupervised.load('m.json', 'pca')).toEqualTypeOf<unsupervised.PcaModel>();
    expectTypeOf((await unsupervised.load('m.json')).kind).toEqualTypeOf<unsupervised.UnsupervisedKind>();
    // @ts-expect-error no such kind
    await unsupervised.load('m.json', 'linear');
  });
});

test('what was learned cannot be written to', () => {
  later(() => {
    const model = unsupervised.kmeans(x, { clusters: 2 });
    // @ts-expect-error read only
    model.inertia = 0;
    // @ts-expect-error read only
    model.centres[0]![0] = 1;
    // @ts-expect-error read only
    unsupervised.dbscan(x, { radius: 1 }).assignments[0] = 1;
  });
});

test('figures take the models and their steps as they are', () => {
  expectTypeOf<unsupervised.KmeansModel>().toExtend<plot.ClustersLike>();
  expectTypeOf<unsupervised.KmeansStep>().toExtend<plot.ClustersLike>();
  expectTypeOf<unsupervised.DbscanModel>().toExtend<plot.ClustersLike>();
  expectTypeOf<unsupervised.MixtureModel>().toExtend<plot.MixtureLike>();
  expectTypeOf<unsupervised.MixtureStep>().toExtend<plot.MixtureLike>();
  expectTypeOf<unsupervised.PcaModel>().toExtend<plot.ExplainedLike>();
});
