import type { TableDataset } from './dataset.ts';

export const sacramento = {
  kind: 'table',
  title: 'Houses sold around Sacramento, California, in five days of 2008',
  source: 'Sacramento Bee; packaged by Kuhn as modeldata',
  licence: 'MIT',
  files: { 'sacramento.csv': 'e408a986e30af257d8d3227b1e86b5d04d2d8b4d37f5009b6fb7176d8b1f841e' },
  rows: 932,
  columns: [
    { name: 'city', content: 'category', about: '37 of them' },
    { name: 'zip', content: 'category', about: 'the postal code behind a z, so that nobody computes with it' },
    { name: 'beds', content: 'number', about: 'bedrooms' },
    { name: 'baths', content: 'number', about: 'bathrooms; a half has no bath' },
    { name: 'sqft', content: 'number', unit: 'square feet' },
    { name: 'type', content: 'category', about: 'Residential, Condo or Multi_Family' },
    { name: 'price', content: 'number', unit: 'US dollars' },
    { name: 'latitude', content: 'number', unit: 'degrees' },
    { name: 'longitude', content: 'number', unit: 'degrees', about: 'negative: west' },
  ],
  faults: [
    { kind: 'duplicates', count: 2, about: '2 rows repeat another in all columns.' },
    { kind: 'dependence', column: 'latitude', count: 17, about: '17 houses share their coordinates with another.' },
    { kind: 'spelling', column: 'city', count: 274, about: 'In 274 rows the city has an underscore for a space.' },
    { kind: 'imbalance', column: 'type', count: 866, about: '866 of 932 are Residential.' },
    {
      kind: 'bias',
      column: 'price',
      about: 'May 2008 lies in a crash of prices: no model of it holds for another year.',
    },
  ],
} as const satisfies TableDataset;

export const birdstrikes = {
  kind: 'table',
  title: 'Birds, bats and deer struck by aircraft in the United States, 1990 to 2002',
  source: 'US Federal Aviation Administration, Wildlife Strike Database; a sample, via vega-datasets',
  licence: 'Public domain (US government)',
  files: { 'birdstrikes.csv': '45777edf69984b37599e73dbfb34dbc976055243547407214261a4fcb9466462' },
  rows: 10000,
  // 'None' is an amount of damage.
  missing: [''],
  columns: [
    { name: 'Airport Name', content: 'category', about: 'the 50 with most strikes' },
    { name: 'Aircraft Make Model', content: 'category' },
    { name: 'Effect Amount of damage', content: 'category', about: 'None, Minor, Medium, Substantial, or a code' },
    { name: 'Flight Date', content: 'date', about: 'year, month, day' },
    { name: 'Aircraft Airline Operator', content: 'category' },
    { name: 'Origin State', content: 'category' },
    { name: 'Phase of flight', content: 'category' },
    { name: 'Wildlife Size', content: 'category', about: 'Small, Medium or Large' },
    { name: 'Wildlife Species', content: 'category' },
    { name: 'Time of day', content: 'category', about: 'Dawn, Day, Dusk or Night' },
    { name: 'Cost Other', content: 'number', unit: 'US dollars' },
    { name: 'Cost Repair', content: 'number', unit: 'US dollars' },
    { name: 'Cost Total $', content: 'number', unit: 'US dollars' },
    { name: 'Speed IAS in knots', content: 'number', unit: 'knots', about: 'indicated air speed' },
  ],
  faults: [
    { kind: 'missing', column: 'Speed IAS in knots', count: 2836, about: '2,836 speeds are missing.' },
    {
      kind: 'unknown',
      column: 'Wildlife Species',
      count: 8009,
      about: '8,009 species are given as unknown: missing, in words.',
    },
    { kind: 'duplicates', count: 24, about: '24 rows repeat another in all columns.' },
    {
      kind: 'coding',
      column: 'Effect Amount of damage',
      count: 15,
      about: 'In 15 rows the damage is a code, B or C, that the source does not explain.',
    },
    {
      kind: 'range',
      column: 'Speed IAS in knots',
      count: 15,
      about: '15 aircraft that were neither parked nor taxiing have a speed of 0.',
    },
    {
      kind: 'unknown',
      column: 'Cost Total $',
      count: 907,
      about: 'In 907 rows there is damage at no cost: 0 stands for unknown as well.',
    },
    {
      kind: 'spelling',
      column: 'Airport Name',
      about: 'INTL, INTL ARPT and INTL AIRPORT mean the same; 1,084 rows say US AIRWAYS*.',
    },
    {
      kind: 'imbalance',
      column: 'Effect Amount of damage',
      count: 8939,
      about: '8,939 of 10,000 strikes did no damage.',
    },
    { kind: 'bias', about: 'Only reported strikes are in it, and only those at 50 airports.' },
  ],
} as const satisfies TableDataset;
