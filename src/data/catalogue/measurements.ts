import type { Column, TableDataset } from './dataset.ts';

export const wine = {
  kind: 'table',
  title: 'Wines of three cultivars from one region of Italy, analysed',
  source: 'Forina et al., PARVUS, 1988; UCI Machine Learning Repository, via scikit-learn',
  licence: 'CC BY 4.0',
  files: { 'wine.csv': 'c63f2d33ab7cecf7956e92b239db57b00daa09199f7f9bc02e005478983c9aef' },
  rows: 178,
  columns: [
    { name: 'alcohol_percent', content: 'number', unit: '% by volume' },
    { name: 'malic_acid', content: 'number' },
    { name: 'ash', content: 'number' },
    { name: 'alkalinity_of_ash', content: 'number' },
    { name: 'magnesium', content: 'number' },
    { name: 'total_phenols', content: 'number' },
    { name: 'flavanoids', content: 'number' },
    { name: 'nonflavanoid_phenols', content: 'number' },
    { name: 'proanthocyanins', content: 'number' },
    { name: 'colour_intensity', content: 'number' },
    { name: 'hue', content: 'number' },
    { name: 'od280_od315', content: 'number', about: 'ratio of absorbances of the diluted wine at 280 and 315 nm' },
    { name: 'proline', content: 'number' },
    { name: 'cultivar', content: 'category', about: 'class_0, class_1 or class_2' },
  ],
  faults: [
    { kind: 'units', about: 'The source gives no units; that alcohol is in percent can be seen from its values.' },
    {
      kind: 'unknown',
      about: 'The scales differ a thousandfold, from hue to proline: distances mean nothing before scaling.',
    },
  ],
} as const satisfies TableDataset;

const measures = [
  ['radius', 'mean distance from the centre to the edge of a nucleus'],
  ['texture', 'standard deviation of its grey values'],
  ['perimeter', ''],
  ['area', ''],
  ['smoothness', 'local variation of the radius'],
  ['compactness', 'perimeter² / area − 1'],
  ['concavity', 'how deep the edge is dented'],
  ['concave_points', 'how many dents it has'],
  ['symmetry', ''],
  ['fractal_dimension', 'of the edge, by the coastline method, − 1'],
] as const;

const ofNuclei = (name: (measure: string) => string, words: string): Column[] =>
  measures.map(([measure, meaning]) => ({
    name: name(measure),
    content: 'number',
    about: [words, meaning].filter(Boolean).join(': '),
  }));

export const breastCancer = {
  kind: 'table',
  title: 'Breast tumours: cell nuclei in pictures of fine-needle aspirates',
  source: 'Street, Wolberg and Mangasarian, 1993; UCI Machine Learning Repository, via scikit-learn',
  licence: 'CC BY 4.0',
  files: { 'breast_cancer.csv': '518936fa92ca3d8a78c420aee22030c4e519ffcba3be15dd23e83f2fc22e20e5' },
  rows: 569,
  columns: [
    ...ofNuclei(measure => `mean_${measure}`, 'mean of the nuclei'),
    ...ofNuclei(measure => `${measure}_error`, 'standard error'),
    ...ofNuclei(measure => `worst_${measure}`, 'mean of the three largest'),
    { name: 'diagnosis', content: 'category', about: 'malignant or benign' },
  ],
  faults: [
    { kind: 'units', about: 'The source gives no units.' },
    { kind: 'dependence', about: 'Radius, perimeter and area say nearly the same: they correlate at 0.99 and above.' },
    { kind: 'imbalance', column: 'diagnosis', count: 357, about: '357 tumours are benign, 212 malignant.' },
    { kind: 'range', column: 'mean_concavity', count: 13, about: '13 nuclei have a concavity of exactly 0.' },
  ],
} as const satisfies TableDataset;
