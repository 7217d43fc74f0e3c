import type { Fitted } from '../../src/core/index.ts';
import { random } from '../../src/core/index.ts';
import * as supervised from '../../src/supervised/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';

/** Rows around three places, with names, and what a model could learn of them. */
export const FEATURES = ['length', 'width', 'height', 'mass'];
const generator = random(11);
const places = [
  [0, 2, 5, 1],
  [4, 1, 3, 6],
  [1, 6, 2, 3],
];
export const codes = Array.from({ length: 60 }, (_, row) => row % 3);
export const x = codes.map(code => places[code]!.map(centre => Math.fround(centre + generator.normal(0, 0.9))));
const names = ['ash', 'beech', 'cedar'];

export interface Entry {
  name: string;
  /** What it learns from beside x. */
  y?: (string | number)[];
  needs: 'classes' | 'numbers' | 'nothing';
  x: number[][];
  /** Fits with options that make it quick; `more` are options that it shall refuse, or a seed. */
  fit(data: supervised.Examples, more?: object): Fitted | Promise<Fitted>;
  save(model: Fitted, path: string): Promise<void>;
  load(path: string): Promise<Fitted>;
  /** Fields of its file that are lists of any length. */
  anyLength?: readonly string[];
}

const supervisedFiles = {
  save: (model: Fitted, path: string) => supervised.save(model as supervised.SupervisedModel, path),
  load: (path: string) => supervised.load(path) as Promise<Fitted>,
};
const unsupervisedFiles = {
  save: (model: Fitted, path: string) => unsupervised.save(model as unsupervised.UnsupervisedModel, path),
  load: (path: string) => unsupervised.load(path) as Promise<Fitted>,
};
const anyLength = ['assignments', 'history', 'fittedScores'];
const nothing = { needs: 'nothing', x, anyLength, ...unsupervisedFiles } as const;
const classes = { needs: 'classes', x, y: codes.map(code => names[code]!), ...supervisedFiles } as const;
const numbers = {
  needs: 'numbers',
  x,
  y: x.map(row => 2 * row[0]! - row[2]! + 0.5 * row[3]! ** 2),
  ...supervisedFiles,
} as const;
const two = { ...classes, y: codes.map(code => names[Math.min(1, code)]!) };
const counts = { ...classes, x: x.map(row => row.map(value => Math.max(0, Math.round(value)))) };

/** Every estimator; the suite compares with the list of those that can be loaded. */
export const ENTRIES: Entry[] = [
  { name: 'linear', ...numbers, fit: (data, more) => supervised.linear(data, { ...more }) },
  { name: 'ridge', ...numbers, fit: (data, more) => supervised.ridge(data, { l2: 0.1, ...more }) },
  { name: 'logistic', ...two, fit: (data, more) => supervised.logistic(data, { ...more }) },
  { name: 'softmax', ...classes, fit: (data, more) => supervised.softmax(data, { ...more }) },
  {
    name: 'gaussian-naive-bayes',
    ...classes,
    fit: (data, more) => supervised.naiveBayes(data, { kind: 'gaussian', ...more }),
  },
  {
    name: 'multinomial-naive-bayes',
    ...counts,
    fit: (data, more) => supervised.naiveBayes(data, { kind: 'multinomial', ...more }),
  },
  {
    name: 'bernoulli-naive-bayes',
    ...counts,
    fit: (data, more) => supervised.naiveBayes(data, { kind: 'bernoulli', ...more }),
  },
  { name: 'knn', ...classes, fit: (data, more) => supervised.knn(data, { weights: 'distance', ...more }) },
  { name: 'knn', ...numbers, fit: (data, more) => supervised.knn(data, { task: 'regression', ...more }) },
  { name: 'tree', ...classes, fit: (data, more) => supervised.tree(data, { depth: 4, ...more }) },
  { name: 'tree', ...numbers, fit: (data, more) => supervised.tree(data, { task: 'regression', depth: 4, ...more }) },
  { name: 'kmeans', ...nothing, fit: (data, more) => unsupervised.kmeans(data, { clusters: 3, ...more }) },
  { name: 'dbscan', ...nothing, fit: (data, more) => unsupervised.dbscan(data, { radius: 1.5, ...more }) },
  { name: 'mixture', ...nothing, fit: (data, more) => unsupervised.mixture(data, { components: 3, ...more }) },
  {
    name: 'mixture',
    ...nothing,
    fit: (data, more) => unsupervised.mixture(data, { components: 3, covariance: 'diagonal', ...more }),
  },
  {
    name: 'mixture',
    ...nothing,
    fit: (data, more) => unsupervised.mixture(data, { components: 3, covariance: 'spherical', ...more }),
  },
  { name: 'pca', ...nothing, fit: (data, more) => unsupervised.pca(data, { components: 2, ...more }) },
  { name: 'whitening', ...nothing, fit: (data, more) => unsupervised.whitening(data, { ...more }) },
  { name: 'whitening', ...nothing, fit: (data, more) => unsupervised.whitening(data, { kind: 'zca', ...more }) },
  {
    name: 'tsne',
    ...nothing,
    anyLength: ['features', 'embedding', 'history'],
    fit: (data, more) => unsupervised.tsne(data, { iterations: 60, ...more }),
  },
  {
    name: 'anomalies',
    ...nothing,
    fit: (data, more) => unsupervised.anomalies(data, { kind: 'mahalanobis', ...more }),
  },
  {
    name: 'anomalies',
    ...nothing,
    anyLength: ['fittedScores', 'x'],
    fit: (data, more) => unsupervised.anomalies(data, { kind: 'neighbours', ...more }),
  },
  {
    name: 'anomalies',
    ...nothing,
    anyLength: ['fittedScores', 'components'],
    fit: (data, more) => unsupervised.anomalies(data, { kind: 'reconstruction', components: 2, ...more }),
  },
  {
    name: 'anomalies',
    ...nothing,
    anyLength: ['fittedScores', 'trees'],
    fit: (data, more) => unsupervised.anomalies(data, { kind: 'forest', trees: 20, ...more }),
  },
];
