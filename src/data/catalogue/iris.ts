import type { TableDataset } from './dataset.ts';

export const iris = {
  kind: 'table',
  title: 'Iris flowers of three species',
  source: 'Fisher, Annals of Eugenics 7, 1936; UCI Machine Learning Repository, via scikit-learn',
  licence: 'CC BY 4.0',
  files: { 'iris.csv': 'b6b8efc86732bc48c9fbddba53e2c191fd4f263c0ee98e2b1b7d3543e8d2121d' },
  rows: 150,
  columns: [
    { name: 'sepal_length_cm', content: 'number', unit: 'cm', about: 'the outer leaf' },
    { name: 'sepal_width_cm', content: 'number', unit: 'cm' },
    { name: 'petal_length_cm', content: 'number', unit: 'cm', about: 'the inner leaf' },
    { name: 'petal_width_cm', content: 'number', unit: 'cm' },
    { name: 'species', content: 'category', about: 'setosa, versicolor or virginica' },
  ],
  faults: [
    {
      kind: 'duplicates',
      count: 1,
      about: '1 row repeats another: two flowers of equal measures, or one entered twice.',
    },
    { kind: 'unknown', about: 'Setosa stands apart, so that a score of two thirds is easy to reach.' },
  ],
} as const satisfies TableDataset;
