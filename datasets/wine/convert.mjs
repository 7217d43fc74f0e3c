// The shipped table from scikit-learn's: a line of column names, and cultivars by name instead of by number.
// usage: node convert.mjs path/to/sklearn/datasets/data/wine_data.csv
import { readFileSync, writeFileSync } from 'node:fs';

const names =
  'alcohol_percent,malic_acid,ash,alkalinity_of_ash,magnesium,total_phenols,flavanoids,nonflavanoid_phenols,proanthocyanins,colour_intensity,hue,od280_od315,proline,cultivar';
const [first, ...rows] = readFileSync(process.argv[2], 'utf8').trim().split(/\r?\n/);
const [, , ...classes] = first.split(',');
const lines = rows.map(row => row.replace(/(\d+)$/, number => classes[number]));
writeFileSync(new URL('data/wine.csv', import.meta.url), `${[names, ...lines].join('\n')}\n`);
