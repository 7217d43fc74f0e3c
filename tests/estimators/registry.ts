import type { Fitted } from '../../src/core/index.ts';
import { random } from '../../src/core/index.ts';
import * as supervised from '../../src/supervised/index.ts';

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
  /** At most so many classes. */
  classes?: number;
  /** Is made of numbers drawn by a seed, so that another seed may give another model. */
  random?: boolean;
}

const supervisedFiles = {
  save: (model: Fitted, path: string) => supervised.save(model as supervised.SupervisedModel, path),
  load: (path: string) => supervised.load(path) as Promise<Fitted>,
};
const classes = { needs: 'classes', x, y: codes.map(code => names[code]!), ...supervisedFiles } as const;
const numbers = {
  needs: 'numbers',
  x,
  y: x.map(row => 2 * row[0]! - row[2]! + 0.5 * row[3]! ** 2),
  ...supervisedFiles,
} as const;
const two = { ...classes, y: codes.map(code => names[Math.min(1, code)]!), classes: 2 };
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
];
