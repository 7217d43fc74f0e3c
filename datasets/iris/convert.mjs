// The shipped table from scikit-learn's: a line of column names, and species by name instead of by number.
// usage: node convert.mjs path/to/sklearn/datasets/data/iris.csv
import { readFileSync, writeFileSync } from 'node:fs';

const [first, ...rows] = readFileSync(process.argv[2], 'utf8').trim().split(/\r?\n/);
const [, , ...species] = first.split(',');
const header = 'sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm,species';
const lines = rows.map(row => row.replace(/(\d+)$/, number => species[number]));
writeFileSync(new URL('data/iris.csv', import.meta.url), `${[header, ...lines].join('\n')}\n`);
