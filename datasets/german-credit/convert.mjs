// The shipped table from caret's: one column of names for each group of columns of 0 and 1, and units in the names.
// usage: node convert.mjs path/to/german_credit.csv
import { readFileSync, writeFileSync } from 'node:fs';

const [header, ...rows] = readFileSync(process.argv[2], 'utf8')
  .trim()
  .split(/\r?\n/)
  .map(line => line.split(',').map(cell => cell.replace(/^"|"$/g, '')));

const numbers = {
  duration_months: 'Duration',
  amount_dm: 'Amount',
  instalment_rate_code: 'InstallmentRatePercentage',
  residence_code: 'ResidenceDuration',
  age_years: 'Age',
  existing_credits_code: 'NumberExistingCredits',
  dependants_code: 'NumberPeopleMaintenance',
};
/** Column, its group in the source, and the name that each column of the group stands for. */
const groups = {
  checking_account: ['CheckingAccountStatus', { 'lt.0': 'below 0 DM', '0.to.200': '0 to 200 DM', 'gt.200': '200 DM and above', none: 'none' }],
  credit_history: ['CreditHistory', {
    'NoCredit.AllPaid': 'no credits, or all paid back',
    'ThisBank.AllPaid': 'all at this bank paid back',
    PaidDuly: 'paid back duly so far',
    Delay: 'delays in the past',
    Critical: 'critical account',
  }],
  purpose: ['Purpose', {
    NewCar: 'new car',
    UsedCar: 'used car',
    'Furniture.Equipment': 'furniture or equipment',
    'Radio.Television': 'radio or television',
    DomesticAppliance: 'domestic appliance',
    Repairs: 'repairs',
    Education: 'education',
    Vacation: 'vacation',
    Retraining: 'retraining',
    Business: 'business',
    Other: 'other',
  }],
  savings: ['SavingsAccountBonds', { 'lt.100': 'below 100 DM', '100.to.500': '100 to 500 DM', '500.to.1000': '500 to 1000 DM', 'gt.1000': '1000 DM and above', Unknown: 'unknown or none' }],
  employment: ['EmploymentDuration', { 'lt.1': 'under 1 year', '1.to.4': '1 to 4 years', '4.to.7': '4 to 7 years', 'gt.7': '7 years and longer', Unemployed: 'unemployed' }],
  sex_and_status: ['Personal', {
    'Male.Divorced.Seperated': 'male, divorced or separated',
    'Female.NotSingle': 'female, not single',
    'Male.Single': 'male, single',
    'Male.Married.Widowed': 'male, married or widowed',
    'Female.Single': 'female, single',
  }],
  other_debtors: ['OtherDebtorsGuarantors', { None: 'none', CoApplicant: 'co-applicant', Guarantor: 'guarantor' }],
  property: ['Property', { RealEstate: 'real estate', Insurance: 'savings contract or life insurance', CarOther: 'car or other', Unknown: 'unknown or none' }],
  other_instalments: ['OtherInstallmentPlans', { Bank: 'bank', Stores: 'stores', None: 'none' }],
  housing: ['Housing', { Rent: 'rent', Own: 'own', ForFree: 'for free' }],
  job: ['Job', {
    UnemployedUnskilled: 'unemployed or unskilled, not resident',
    UnskilledResident: 'unskilled, resident',
    SkilledEmployee: 'skilled',
    'Management.SelfEmp.HighlyQualified': 'management, self-employed or highly qualified',
  }],
};

const place = name => {
  const found = header.indexOf(name);
  if (found < 0) throw new Error(`no column ${name}`);
  return found;
};
const one = (row, group, names) => {
  const chosen = Object.keys(names).filter(name => row[place(`${group}.${name}`)] === '1');
  if (chosen.length !== 1) throw new Error(`${group}: ${chosen.length} of its columns are 1`);
  return names[chosen[0]];
};

const quote = text => (text.includes(',') ? `"${text}"` : text);
const columns = [...Object.keys(numbers), ...Object.keys(groups), 'telephone', 'foreign_worker', 'class'];
const lines = rows.map(row =>
  [
    ...Object.values(numbers).map(name => row[place(name)]),
    ...Object.values(groups).map(([group, names]) => quote(one(row, group, names))),
    // 596 have no telephone: in caret's table 1 is code A191, "none".
    row[place('Telephone')] === '1' ? 'none' : 'registered',
    row[place('ForeignWorker')] === '1' ? 'yes' : 'no',
    row[place('Class')],
  ].join(','),
);
writeFileSync(new URL('data/german_credit.csv', import.meta.url), `${[columns.join(','), ...lines].join('\n')}\n`);
