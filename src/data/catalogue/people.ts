import type { TableDataset } from './dataset.ts';

export const titanic = {
  kind: 'table',
  title: 'Passengers of the Titanic, and who survived',
  source:
    'Encyclopedia Titanica, collected by Thomas Cason, University of Virginia; packaged by Fox and Weisberg as carData',
  licence: 'GPL (>= 2)',
  files: { 'titanic.csv': '7dc1b64f17c3d7e83bc59e509176aa87a616740dd3ca5f9ea32f81ea05df0b08' },
  rows: 1309,
  columns: [
    { name: 'survived', content: 'category', about: 'yes or no' },
    { name: 'sex', content: 'category', about: 'female or male' },
    { name: 'age', content: 'number', unit: 'years', about: 'a fraction below 1, and where it was estimated' },
    { name: 'passengerClass', content: 'category', about: '1st, 2nd or 3rd' },
  ],
  faults: [
    {
      kind: 'missing',
      column: 'age',
      count: 263,
      about:
        '263 ages are missing, most in third class: 29 % of them, 12 % in first and 6 % in second. They are not missing at random.',
    },
    {
      kind: 'duplicates',
      count: 875,
      about: '875 rows repeat another: without names, people of equal age, sex and class look alike.',
    },
    { kind: 'imbalance', column: 'survived', count: 809, about: '809 of 1,309 died.' },
    { kind: 'leak', about: 'The crew is left out.' },
  ],
} as const satisfies TableDataset;

export const reportedHeights = {
  kind: 'table',
  title: 'Heights that students typed into a form that asked for inches',
  source: 'Courses of Rafael Irizarry, Harvard; packaged by Irizarry and Gill as dslabs',
  licence: 'Artistic 2.0',
  files: { 'reported_heights.csv': 'f864de05689bcb68b9ac9a18815547ed51d2b5b9da8242a0f69e17a3d4204a05' },
  rows: 1095,
  columns: [
    { name: 'time_stamp', content: 'date', about: 'when the form was sent' },
    { name: 'sex', content: 'category', about: 'Female or Male, as reported' },
    { name: 'height', content: 'text', unit: 'inches, as asked', about: 'as it was typed' },
  ],
  faults: [
    {
      kind: 'units',
      column: 'height',
      count: 81,
      about: `81 heights are no numbers, such as 5'4", 165cm, 5,3 or "Five foot eight inches".`,
    },
    {
      kind: 'range',
      column: 'height',
      count: 211,
      about: '211 are numbers below 50 or above 84: feet, metres, centimetres, jokes and errors.',
    },
    {
      kind: 'duplicates',
      count: 9,
      about: '9 rows repeat another: two people of one height in one second, or a form sent twice.',
    },
    { kind: 'imbalance', column: 'sex', count: 847, about: '847 are male, 248 female.' },
    { kind: 'bias', column: 'height', about: 'People report themselves taller than they are.' },
  ],
} as const satisfies TableDataset;

export const ucbAdmissions = {
  kind: 'table',
  title: 'Admissions to the six largest departments of Berkeley, 1973, by sex',
  source: 'Bickel, Hammel and O’Connell, Science 187, 1975; as in R’s datasets',
  licence: 'Facts, free of copyright',
  files: { 'ucb_admissions.csv': '3c869703114951dfac2b3bb72b41ea4efaface26a5fc84e64b3358efe409cf54' },
  rows: 24,
  columns: [
    { name: 'Admit', content: 'category', about: 'Admitted or Rejected' },
    { name: 'Gender', content: 'category', about: 'Male or Female' },
    { name: 'Dept', content: 'category', about: 'A to F' },
    { name: 'Freq', content: 'number', unit: 'applicants', about: 'how many there are of this kind' },
  ],
  faults: [
    {
      kind: 'coding',
      column: 'Freq',
      count: 4526,
      about: 'A row is not a person: the 24 counts stand for 4,526 applicants.',
    },
    {
      kind: 'bias',
      column: 'Gender',
      about:
        'Together 45 % of the men and 30 % of the women were admitted; department by department, women fare as well or better (Simpson’s paradox).',
    },
  ],
} as const satisfies TableDataset;
