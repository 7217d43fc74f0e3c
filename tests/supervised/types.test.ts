import { expectTypeOf, test } from 'vitest';
import type { Prepared } from '../../src/core/index.ts';
import * as supervised from '../../src/supervised/index.ts';

const x = [[1], [2], [3], [4]];
const prepared = {} as Prepared;
const later = (_: () => unknown) => {}; // types alone count: nothing is fitted

test('a classifier predicts what it was given as classes', () => {
  later(() => {
    expectTypeOf(supervised.logistic({ x, y: ['a', 'b', 'a', 'b'] }).predict(x)).toEqualTypeOf<string[]>();
    const y: ('yes' | 'no')[] = ['yes', 'no', 'no', 'yes'];
    expectTypeOf(supervised.softmax({ x, y }).predict(x)).toEqualTypeOf<('yes' | 'no')[]>();
    expectTypeOf(supervised.tree({ x, y: [0, 1, 1, 0] }).predict(x)).toEqualTypeOf<number[]>();
    expectTypeOf(supervised.knn({ x, y: [0, 1, 1, 0], classes: ['a', 'b'] }).predict(x)).toEqualTypeOf<string[]>();
    expectTypeOf(supervised.naiveBayes(prepared).predict(x)).toEqualTypeOf<(string | number)[]>();
    expectTypeOf(supervised.naiveBayes({ x, y }).classes).toEqualTypeOf<readonly ('yes' | 'no')[]>();
  });
});

test('the task decides between classes and numbers', () => {
  later(() => {
    const data = { x, y: [1, 2, 3, 4] };
    expectTypeOf(supervised.knn(data, { task: 'regression' })).toEqualTypeOf<supervised.KnnRegressor>();
    expectTypeOf(supervised.tree(data, { task: 'regression' }).predict(x)).toEqualTypeOf<number[]>();
    // @ts-expect-error variance is of numbers
    supervised.tree(data, { criterion: 'variance' });
    // @ts-expect-error a regressor has no probabilities
    supervised.linear(data).probabilities(x);
  });
});

test('kinds of naive Bayes have their own numbers', () => {
  later(() => {
    const data = { x, y: ['a', 'b', 'a', 'b'] };
    expectTypeOf(supervised.naiveBayes(data).means).toEqualTypeOf<readonly (readonly number[])[]>();
    const counts = supervised.naiveBayes(data, { kind: 'multinomial' });
    expectTypeOf(counts.logLikelihoods).toEqualTypeOf<readonly (readonly number[])[]>();
    // @ts-expect-error counts have no variances
    counts.variances;
  });
});

test('a loaded model has the type of the kind that was asked for', () => {
  later(async () => {
    expectTypeOf(await supervised.load('m.json', 'linear')).toEqualTypeOf<supervised.LinearModel>();
    expectTypeOf((await supervised.load('m.json')).kind).toEqualTypeOf<supervised.SupervisedKind>();
    // @ts-expect-error no such kind
    await supervised.load('m.json', 'kmeans');
  });
});

test('what was learned cannot be written to', () => {
  later(() => {
    const model = supervised.linear({ x, y: [1, 2, 3, 4] });
    // @ts-expect-error read only
    model.weights[0] = 1;
    // @ts-expect-error read only
    model.bias = 1;
  });
});
