import type { RecordsDataset, TableDataset, TablePartsDataset, TextDataset } from './dataset.ts';

export const fineFoods = {
  kind: 'table-parts',
  title: 'Reviews of food from Amazon, great or not',
  source: 'McAuley and Leskovec, WWW 2013; Stanford SNAP; a sample packaged by Kuhn as modeldata',
  licence: 'MIT',
  files: {
    'fine_foods_train.csv': 'f407c83492fa99300713053f83c1138323177096d787c838724a340391935351',
    'fine_foods_test.csv': '2858c9211bb34148adbeae4e98fe530862c827498dabb5392e70f1562fc5880d',
  },
  parts: {
    train: { file: 'fine_foods_train.csv', rows: 4000 },
    test: { file: 'fine_foods_test.csv', rows: 1000 },
  },
  missing: [],
  columns: [
    { name: 'product', content: 'identifier', about: 'Amazon’s number; each occurs once' },
    { name: 'review', content: 'text', about: 'in English' },
    { name: 'score', content: 'category', about: 'great: five stars; other: fewer' },
  ],
  faults: [
    {
      kind: 'duplicates',
      column: 'train',
      count: 20,
      about: '20 reviews in train repeat another, word for word, for a like product.',
    },
    {
      kind: 'leak',
      column: 'test',
      count: 7,
      about: '7 reviews in test are in train too: drop them before you judge.',
    },
    {
      kind: 'text',
      column: 'train',
      count: 939,
      about: 'HTML was left in 939 reviews of train and 243 of test: <br /> and links.',
    },
    {
      kind: 'text',
      column: 'train',
      count: 14,
      about:
        '14 letters of train and 6 of test are lost: they were no UTF-8 and stand as U+FFFD, such as in R\uFFFDverie.',
    },
    {
      kind: 'imbalance',
      column: 'train',
      count: 2600,
      about: '2,600 of 4,000 reviews in train are great, 658 of 1,000 in test.',
    },
  ],
} as const satisfies TablePartsDataset;

export const afinn = {
  kind: 'table',
  title: 'English words and how glad or sad they sound',
  source: 'Nielsen, AFINN-111, 2011',
  licence: 'CC BY 4.0',
  files: { 'afinn_111.csv': 'e8511f57d63bb4d521033821102f3b588ceefbfc9c7c6d222aa9a4c1102e6f32' },
  rows: 2477,
  missing: [],
  columns: [
    { name: 'word', content: 'text', about: 'in lower case' },
    { name: 'valence', content: 'number', about: '−5 (very negative) to 5 (very positive)' },
  ],
  faults: [
    {
      kind: 'text',
      column: 'word',
      count: 15,
      about: '15 entries are phrases, such as "not good": looked up word by word they are never found.',
    },
    { kind: 'imbalance', column: 'valence', count: 1598, about: '1,598 words are negative, 878 positive.' },
    { kind: 'bias', about: 'One person rated the words, for short messages of 2009 to 2011.' },
  ],
} as const satisfies TableDataset;

export const spam = {
  kind: 'records',
  title: 'Mails, spam or not, as counts of words',
  source: 'SpamAssassin public corpus, 2002 to 2003; counted, the texts not kept',
  licence: 'CC0 1.0 (the database: PDDL 1.0)',
  files: { 'spam_word_counts.jsonl.gz': '90956f803bd4d82c5ca66b64e0a83a0782c282d82137ad32feb4c841798481a7' },
  rows: 5667,
  columns: [
    { name: 'label', content: 'category', about: 'ham or spam' },
    { name: 'source', content: 'category', about: 'the part of the corpus: easy-ham-1, hard-ham-1, spam-2, …' },
    {
      name: 'words',
      content: 'counts',
      about: 'how often each of 4,000 words occurs; httpaddr, emailaddr and number stand for addresses and digits',
    },
  ],
  faults: [
    { kind: 'imbalance', column: 'label', count: 1592, about: '1,592 of 5,667 are spam.' },
    { kind: 'duplicates', column: 'words', count: 35, about: '35 mails have the very counts of another.' },
    {
      kind: 'leak',
      column: 'source',
      about:
        'The source names the label. So do, nearly, words of the mailing lists that ham was collected from: rpm, exmh, razor.',
    },
    {
      kind: 'range',
      column: 'words',
      count: 43,
      about: 'In 43 mails one word occurs more than 1,000 times: tables of digits.',
    },
    { kind: 'bias', about: 'Spam of 2002 is not the spam of today.' },
  ],
} as const satisfies RecordsDataset;

export const mobyDick = {
  kind: 'text',
  title: 'Herman Melville, Moby Dick; or, The Whale, 1851',
  source: 'Project Gutenberg’s text, without its header',
  licence: 'Public domain',
  files: { 'moby_dick.txt': 'b420914c24cc22c0b99d1c92751cf6791909519f5cae7a9cb27516f98a70d0eb' },
  characters: 1215904,
  faults: [
    {
      kind: 'text',
      about:
        'It opens with a table of contents, an etymology and 80 quotations; headings of chapters are left out of the story.',
    },
    { kind: 'text', count: 1730, about: '1,730 characters are beyond ASCII, 1,722 of them long dashes.' },
  ],
} as const satisfies TextDataset;
