import type { TableDataset } from './dataset.ts';

export const germanCredit = {
  kind: 'table',
  title: 'Loans of a bank in southern Germany, 1973 to 1975, and whether they were paid back',
  source:
    'Hofmann, Statlog (German Credit), UCI Machine Learning Repository; from the columns of 0 and 1 in the package caret',
  licence: 'CC BY 4.0',
  files: { 'german_credit.csv': 'cecaf392e685607d204fe43ef23b43fb9bdf68e334af7bf92391746e022293e2' },
  rows: 1000,
  columns: [
    { name: 'duration_months', content: 'number', unit: 'months' },
    { name: 'amount_dm', content: 'number', unit: 'Deutsche Mark' },
    { name: 'instalment_rate_code', content: 'number', about: '1 to 4: share of the income, in steps' },
    { name: 'residence_code', content: 'number', about: '1 to 4: how long at this address, in steps' },
    { name: 'age_years', content: 'number', unit: 'years' },
    { name: 'existing_credits_code', content: 'number', about: '1 to 4: credits at this bank, in steps' },
    { name: 'dependants_code', content: 'number', about: '1 or 2: people to support, in steps' },
    { name: 'checking_account', content: 'category', about: 'its balance' },
    { name: 'credit_history', content: 'category' },
    { name: 'purpose', content: 'category', about: 'of the loan' },
    { name: 'savings', content: 'category' },
    { name: 'employment', content: 'category', about: 'how long in this employment' },
    { name: 'sex_and_status', content: 'category', about: 'as documented, which is wrong: see the faults' },
    { name: 'other_debtors', content: 'category' },
    { name: 'property', content: 'category' },
    { name: 'other_instalments', content: 'category', about: 'instalment plans elsewhere' },
    { name: 'housing', content: 'category' },
    { name: 'job', content: 'category' },
    { name: 'telephone', content: 'category', about: 'none or registered' },
    { name: 'foreign_worker', content: 'category', about: 'yes or no, as documented: see the faults' },
    { name: 'class', content: 'category', about: 'Good: paid back; Bad: not' },
  ],
  faults: [
    {
      kind: 'imbalance',
      column: 'class',
      count: 300,
      about: '300 are Bad, many more than of all loans: bad ones were sampled more often.',
    },
    {
      kind: 'bias',
      column: 'age_years',
      count: 190,
      about: 'Of the 190 aged 25 or less 42 % are Bad, of the others 27 %.',
    },
    {
      kind: 'coding',
      column: 'sex_and_status',
      about:
        'The names of its codes are wrong (Grömping, 2019): "female, not single" holds single men too. Sex cannot be told from it.',
    },
    {
      kind: 'coding',
      column: 'foreign_worker',
      count: 963,
      about: '963 of 1,000 are called foreign workers: the names yes and no are most likely swapped (Grömping, 2019).',
    },
    {
      kind: 'coding',
      column: 'dependants_code',
      about:
        'The four columns of codes are steps, not amounts, and dependants were counted backwards (Grömping, 2019).',
    },
    { kind: 'bias', about: 'Who was refused a loan is not in the data.' },
  ],
} as const satisfies TableDataset;
