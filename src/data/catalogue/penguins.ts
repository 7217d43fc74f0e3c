import type { Dataset } from './dataset.ts';

export const penguins = {
  title: 'Palmer penguins: three species, measured on three islands',
  file: 'penguins/data/penguins.csv',
  sha256: 'f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93',
  rows: 344,
  source: 'Gorman, Williams and Fraser, PLoS ONE 9(3), 2014; packaged by Horst, Hill and Gorman as palmerpenguins',
  licence: 'CC0 1.0',
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
    '19 values are missing: all four measurements of 2 penguins, and the sex of 11.',
    'Gentoo live on Biscoe only and Chinstrap on Dream only: the island gives the species away.',
    'Some penguins were measured in more than one year, so that rows are not independent.',
  ],
} as const satisfies Dataset;

export const penguinsRaw = {
  title: 'The field records behind penguins, not cleaned',
  file: 'penguins-raw/data/penguins_raw.csv',
  sha256: '144f623143c9360fd77322a4f86acb06dc198814dbd2669724c63e6457b907bd',
  rows: 344,
  source: 'Gorman, Williams and Fraser, PLoS ONE 9(3), 2014; packaged by Horst, Hill and Gorman as palmerpenguins',
  licence: 'CC0 1.0',
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
    '336 values are missing, 290 of them comments.',
    'Individual IDs repeat: 190 IDs for 344 rows, some shared by birds of two species.',
    'Two columns hold one value only.',
  ],
} as const satisfies Dataset;
