// The shipped table from scikit-learn's: a line of column names, and the diagnosis by name instead of by number.
// usage: node convert.mjs path/to/sklearn/datasets/data/breast_cancer.csv
import { readFileSync, writeFileSync } from 'node:fs';

const measures =
  'radius,texture,perimeter,area,smoothness,compactness,concavity,concave_points,symmetry,fractal_dimension'.split(',');
const names = [
  ...measures.map(measure => `mean_${measure}`),
  ...measures.map(measure => `${measure}_error`),
  ...measures.map(measure => `worst_${measure}`),
  'diagnosis',
];
const [first, ...rows] = readFileSync(process.argv[2], 'utf8').trim().split(/\r?\n/);
const [, , ...classes] = first.split(',');
const lines = rows.map(row => row.replace(/(\d+)$/, number => classes[number]));
writeFileSync(new URL('data/breast_cancer.csv', import.meta.url), `${[names, ...lines].join('\n')}\n`);
