import { describe, expect, it } from 'vitest';
import * as supervised from '../../src/supervised/index.ts';
import { expectClose } from '../estimators/close.ts';
import { asked, fitted, golden } from './golden.ts';

const { wine } = golden;
const alcohol = wine.x.map(row => row[0]!);
const others = wine.x.map(row => row.slice(1));

describe('linear, against scikit-learn', () => {
  it('finds the same line, whatever the units', () => {
    const model = supervised.linear({ x: fitted(others), y: fitted(alcohol) });
    expectClose(model.weights, golden.linear.weights, 1e-10);
    expectClose(model.bias, golden.linear.bias, 1e-10);
    expectClose(model.predict(asked(others)), golden.linear.predictions, 1e-10);
    expectClose(model.score({ x: asked(others), y: asked(alcohol) }), golden.linear.score, 1e-10);
    expect(model.rank).toBe(12);
  });

  it('goes through 0 without a bias', () => {
    const model = supervised.linear({ x: fitted(others), y: fitted(alcohol) }, { bias: false });
    expectClose(model.weights, golden.through.weights, 1e-9);
    expect(model.bias).toBe(0);
  });

  it('takes the smallest weights where columns depend on each other', () => {
    const { x, rank, weights, bias, predictions } = golden.deficient;
    const model = supervised.linear({ x: fitted(x), y: fitted(alcohol) });
    expect(model.rank).toBe(rank);
    expect(model.rank).toBeLessThan(8);
    expectClose(model.weights, weights, 1e-9);
    expectClose(model.bias, bias, 1e-9);
    expectClose(model.predict(asked(x)), predictions, 1e-9);
  });

  it('and where there are more columns than rows', () => {
    const { x, y, weights, bias } = golden.wide;
    const model = supervised.linear({ x, y });
    expectClose(model.weights, weights, 1e-9);
    expectClose(model.bias, bias, 1e-9);
    expectClose(model.predict(x), y, 1e-9);
  });
});

describe('ridge, against scikit-learn', () => {
  it.each([0.01, 10])('l2 %d', l2 => {
    const model = supervised.ridge({ x: fitted(others), y: fitted(alcohol) }, { l2 });
    const { weights, bias, predictions } = golden.ridge[l2]!;
    expectClose(model.weights, weights, 1e-9);
    expectClose(model.bias, bias, 1e-9);
    expectClose(model.predict(asked(others)), predictions, 1e-9);
  });

  it('of more columns than rows', () => {
    const { x, y } = golden.wide;
    const model = supervised.ridge({ x, y }, { l2: 0.1 });
    expectClose(model.weights, golden.wideRidge.weights, 1e-9);
    expectClose(model.bias, golden.wideRidge.bias, 1e-9);
  });

  it('with a penalty that rounding hides is linear', () => {
    const { x, weights } = golden.deficient;
    const model = supervised.ridge({ x: fitted(x), y: fitted(alcohol) }, { l2: 1e-18 });
    expectClose(model.weights, weights, 1e-3);
  });
});

describe('logistic, against scikit-learn', () => {
  it.each(['0.1', '0.001', '1e-05'])('l2 %s', l2 => {
    const model = supervised.logistic({ x: fitted(wine.z), y: fitted(golden.two) }, { l2: Number(l2) });
    const expected = golden.logistic[l2]!;
    expect(model.converged).toBe(true);
    expect(model.classes).toEqual(['class_1', 'other']);
    expectClose(model.weights, expected.weights[0], 1e-6);
    expectClose(model.bias, expected.biases[0], 1e-6);
    expectClose(model.probabilities(asked(wine.z)), expected.probabilities, 1e-6);
    expect(model.predict(asked(wine.z))).toEqual(expected.predictions);
    expect(model.score({ x: asked(wine.z), y: asked(golden.two) })).toBeCloseTo(expected.score, 12);
    expectClose(
      model.logits(asked(wine.z)).map(z => 1 / (1 + Math.exp(-z))),
      expected.probabilities.map(row => row[1]!),
      1e-6,
    );
  });
});

describe('softmax, against scikit-learn', () => {
  it.each(['0.1', '0.001'])('l2 %s', l2 => {
    const model = supervised.softmax({ x: fitted(wine.z), y: fitted(wine.y) }, { l2: Number(l2) });
    const expected = golden.softmax[l2]!;
    expectClose(model.weights, expected.weights, 1e-7);
    expectClose(model.biases, expected.biases, 1e-7);
    expectClose(model.probabilities(asked(wine.z)), expected.probabilities, 1e-6);
    expect(model.predict(asked(wine.z))).toEqual(expected.predictions);
  });
});

describe('naive Bayes, against scikit-learn', () => {
  it('Gaussian', () => {
    const model = supervised.naiveBayes({ x: fitted(wine.x), y: fitted(wine.y) });
    const { means, variances, logJoint, logPriors, probabilities, predictions } = golden.gaussian;
    expectClose(model.means, means, 1e-12);
    expectClose(model.variances, variances, 1e-9);
    expectClose(model.logPriors, logPriors, 1e-12);
    expectClose(model.logJoint(asked(wine.x)), logJoint, 1e-7);
    expectClose(model.probabilities(asked(wine.x)), probabilities, 1e-7);
    expect(model.predict(asked(wine.x))).toEqual(predictions);
  });

  it.each([
    ['multinomial', 0.5],
    ['bernoulli', 1],
  ] as const)('%s', (kind, smoothing) => {
    const { x, y } = golden.words;
    const model = supervised.naiveBayes({ x: x.slice(0, 40), y: y.slice(0, 40) }, { kind, smoothing });
    const expected = golden[kind];
    expectClose(model.logLikelihoods, expected.logLikelihoods, 1e-12);
    expectClose(model.logPriors, expected.logPriors, 1e-12);
    expectClose(model.logJoint(x.slice(40)), expected.logJoint, 1e-12);
    expectClose(model.probabilities(x.slice(40)), expected.probabilities, 1e-12);
    expect(model.predict(x.slice(40))).toEqual(expected.predictions);
  });
});

describe('nearest neighbours, against scikit-learn', () => {
  it.each(['uniform', 'distance'] as const)('weights %s', weights => {
    const x = fitted(wine.z);
    const expected = golden.knn[weights];
    const votes = supervised.knn({ x, y: fitted(wine.y) }, { neighbours: 7, weights });
    expectClose(votes.probabilities(asked(wine.z)), expected.probabilities, 1e-10);
    const { rows, distances } = votes.nearest(asked(wine.z));
    expect(rows).toEqual(expected.rows);
    expectClose(distances, expected.distances, 1e-10);
    const means = supervised.knn({ x, y: fitted(alcohol) }, { neighbours: 4, weights, task: 'regression' });
    expectClose(means.predict(asked(wine.z)), expected.numbers, 1e-10);
  });
});

describe('tree, against scikit-learn', () => {
  const { x, groups, height } = golden.tree;
  const size = { depth: 4, minLeaf: 12 };

  it.each(['gini', 'entropy'] as const)('%s', criterion => {
    const model = supervised.tree({ x, y: groups }, { criterion, ...size });
    const expected = golden.tree[criterion];
    expectClose(model.root, expected.root, 1e-6);
    expectClose(model.importances, expected.importances, 1e-10);
    expectClose(model.score({ x, y: groups }), expected.score, 1e-10);
  });

  it('variance', () => {
    const model = supervised.tree({ x, y: height }, { task: 'regression', ...size });
    const expected = golden.tree.squared_error;
    expectClose(model.root, expected.root, 1e-6);
    expectClose(model.importances, expected.importances, 1e-10);
    expectClose(model.score({ x, y: height }), expected.score, 1e-10);
  });
});
