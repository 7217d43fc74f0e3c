import type { TableDataset } from './dataset.ts';

const source = 'Gorman, Williams and Fraser, PLoS ONE 9(3), 2014; packaged by Horst, Hill and Gorman as palmerpenguins';

export const penguins = {
  kind: 'table',
  title: 'Palmer penguins: three species, measured on three islands',
  source,
  licence: 'CC0 1.0',
  files: { 'penguins.csv': 'f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93' },
  rows: 344,
  columns: [
    { name: 'species', content: 'category', about: 'Adelie, Chinstrap or Gentoo' },
    { name: 'island', content: 'category', about: 'Biscoe, Dream or Torgersen' },
    { name: 'bill_length_mm', content: 'number', unit: 'mm' },
    { name: 'bill_depth_mm', content: 'number', unit: 'mm' },
    { name: 'flipper_length_mm', content: 'number', unit: 'mm' },
    { name: 'body_mass_g', content: 'number', unit: 'g' },
    { name: 'sex', content: 'category', about: 'female or male, by a blood test' },
    { name: 'year', content: 'number', about: 'of the measurement' },
  ],
  faults: [
    {
      kind: 'missing',
      count: 19,
      about: '19 values are missing: all four measurements of 2 penguins, and the sex of 11.',
    },
    {
      kind: 'leak',
      column: 'island',
      about: 'Gentoo live on Biscoe only and Chinstrap on Dream only: the island gives the species away.',
    },
    {
      kind: 'dependence',
      about:
        'Some penguins were measured in more than one year, and nests hold pairs, so that rows are not independent.',
    },
  ],
} as const satisfies TableDataset;

export const penguinsRaw = {
  kind: 'table',
  title: 'The field records behind penguins, not cleaned',
  source,
  licence: 'CC0 1.0',
  files: { 'penguins_raw.csv': '144f623143c9360fd77322a4f86acb06dc198814dbd2669724c63e6457b907bd' },
  rows: 344,
  columns: [
    { name: 'studyName', content: 'category', about: 'the expedition' },
    { name: 'Sample Number', content: 'number', about: 'numbered anew for each species' },
    { name: 'Species', content: 'category', about: 'English and scientific name' },
    { name: 'Region', content: 'category' },
    { name: 'Island', content: 'category' },
    { name: 'Stage', content: 'category' },
    { name: 'Individual ID', content: 'identifier', about: 'nest and bird, given anew for each species and island' },
    { name: 'Clutch Completion', content: 'category', about: 'was the nest seen with two eggs?' },
    { name: 'Date Egg', content: 'date', about: 'day on which the nest was seen with one egg' },
    { name: 'Culmen Length (mm)', content: 'number', unit: 'mm', about: 'the upper ridge of the bill' },
    { name: 'Culmen Depth (mm)', content: 'number', unit: 'mm' },
    { name: 'Flipper Length (mm)', content: 'number', unit: 'mm' },
    { name: 'Body Mass (g)', content: 'number', unit: 'g' },
    { name: 'Sex', content: 'category' },
    { name: 'Delta 15 N (o/oo)', content: 'number', unit: '‰', about: 'nitrogen isotopes: what the bird eats' },
    { name: 'Delta 13 C (o/oo)', content: 'number', unit: '‰', about: 'carbon isotopes: where it feeds' },
    { name: 'Comments', content: 'text', about: 'on what went wrong' },
  ],
  faults: [
    { kind: 'missing', count: 336, about: '336 values are missing, 290 of them comments.' },
    {
      kind: 'dependence',
      column: 'Individual ID',
      count: 190,
      about: '190 IDs for 344 rows: birds were measured again, and IDs were given anew for each species and island.',
    },
    {
      kind: 'coding',
      column: 'Individual ID',
      count: 94,
      about: '94 IDs are shared by birds of two species: alone they name no bird.',
    },
    { kind: 'constant', count: 2, about: '2 columns, Region and Stage, hold one value only.' },
    { kind: 'spelling', about: 'Column names hold spaces, units and brackets; species names hold two names in one.' },
  ],
} as const satisfies TableDataset;
