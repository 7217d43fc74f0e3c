import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataFrame } from 'danfojs-node';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Dataset } from '../../src/data/catalogue/dataset.ts';
import * as data from '../../src/data/index.ts';
import { DISPLAY } from '../../src/display/channel.ts';

const datasets = fileURLToPath(new URL('../../datasets/', import.meta.url));
const names = Object.keys(data.catalogue) as data.DatasetName[];
const entry = (name: string): Dataset => data.catalogue[name as data.DatasetName];
const readme = (name: string) => readFileSync(path.join(datasets, name, 'README.md'), 'utf8');

describe('datasets/ and the catalogue', () => {
  it('name the same', () => {
    const folders = readdirSync(datasets).filter(name => !name.startsWith('.'));
    expect(folders.sort()).toEqual([...names].sort());
    for (const name of names)
      expect(readdirSync(path.join(datasets, name, 'data')).sort()).toEqual(Object.keys(entry(name).files).sort());
  });

  it('stay small: 25 MB together, no file but the model above 5 MB', () => {
    const files = readdirSync(datasets, { recursive: true, encoding: 'utf8' }).map(file => path.join(datasets, file));
    const sizes = files.map(file => statSync(file)).filter(file => file.isFile());
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(25e6);
    const large = files.filter(file => statSync(file).size > 5e6);
    expect(large.map(file => path.basename(file))).toEqual(['nanodet.bin']);
  });

  it.each(names)('%s: its README says what its entry says', name => {
    const { licence, faults, ...found } = entry(name);
    const text = readme(name);
    expect(text).toMatch(/^- \*\*Source\*\*: ./m);
    const [licenceLine] = text.match(/^- \*\*Licence\*\*.*$/m)!;
    for (const word of licence.match(/CC0|CC BY 4\.0|MIT|GPL|Apache 2\.0|Artistic 2\.0|ublic domain|Facts/g)!)
      expect(licenceLine).toContain(word);
    if (/LICENCE\.txt/.test(licenceLine))
      expect(statSync(path.join(datasets, name, 'LICENCE.txt')).size).toBeGreaterThan(500);
    if (/MIT|BSD|Apache|Artistic|GPL/.test(licenceLine)) expect(licenceLine).toContain('LICENCE.txt');
    for (const { about } of faults) expect(text).toContain(`- ${about}`);
    if ('columns' in found)
      for (const { name: column, unit } of found.columns) expect(text).toContain(`| ${column} | ${unit ?? ''}`);
    if ('rows' in found) expect(text).toContain(`**Rows**: ${found.rows}`);
    if ('classes' in found) expect(text).toContain(`**Classes**: ${found.classes.join(', ')}.`);
  });

  it.each(names)('%s: counts and its words for them agree', name => {
    for (const { count, about } of entry(name).faults)
      if (count !== undefined) expect(about).toMatch(new RegExp(`\\b${count.toLocaleString('en')}\\b`));
  });
});

describe('faults that are counted', () => {
  const values = (frame: DataFrame, column: string) => frame.column(column).values as unknown[];
  const where = async (name: TableName, column: string, test: (value: never) => boolean) =>
    (values(await data.load(name), column) as never[]).filter(test).length;
  const repeats = (rows: unknown[]) => rows.length - new Set(rows.map(row => JSON.stringify(row))).size;
  const rows = async (name: TableName) => (await data.load(name)).values as unknown[][];
  const missing = async (name: TableName) => data.missing(await data.load(name)).total;
  const reviews = async (part: 'train' | 'test') => values((await data.load('fine-foods'))[part], 'review') as string[];
  const number = (text: string) => Number(text.trim() || Number.NaN);
  type TableName = {
    [Name in data.DatasetName]: data.Datasets[Name] extends DataFrame ? Name : never;
  }[data.DatasetName];

  const counted: Record<string, () => number | Promise<number>> = {
    'penguins: missing': () => missing('penguins'),
    'penguins-raw: missing': () => missing('penguins-raw'),
    'penguins-raw: dependence of Individual ID': async () =>
      new Set(values(await data.load('penguins-raw'), 'Individual ID')).size,
    'penguins-raw: coding of Individual ID': async () => {
      const raw = await data.load('penguins-raw');
      const species = values(raw, 'Species');
      const pairs = new Set(values(raw, 'Individual ID').map((id, row) => `${id} ${species[row]}`));
      const ids = [...pairs].map(pair => pair.split(' ')[0]);
      return ids.length - new Set(ids).size;
    },
    'penguins-raw: constant': async () => {
      const raw = await data.load('penguins-raw');
      return raw.columns.filter((column: string) => new Set(values(raw, column)).size === 1).length;
    },
    'iris: duplicates': async () => repeats(await rows('iris')),
    'breast-cancer: imbalance of diagnosis': () => where('breast-cancer', 'diagnosis', value => value === 'benign'),
    'breast-cancer: range of mean_concavity': () => where('breast-cancer', 'mean_concavity', value => value === 0),
    'sacramento: duplicates': async () => repeats(await rows('sacramento')),
    'sacramento: dependence of latitude': async () => {
      const places = (await rows('sacramento')).map(row => row.slice(7).join());
      return places.filter(place => places.filter(other => other === place).length > 1).length;
    },
    'sacramento: spelling of city': () => where('sacramento', 'city', (value: string) => value.includes('_')),
    'sacramento: imbalance of type': () => where('sacramento', 'type', value => value === 'Residential'),
    'titanic: missing of age': () => missing('titanic'),
    'titanic: duplicates': async () => repeats(await rows('titanic')),
    'titanic: imbalance of survived': () => where('titanic', 'survived', value => value === 'no'),
    'reported-heights: units of height': () =>
      where('reported-heights', 'height', (value: string) => Number.isNaN(number(value))),
    'reported-heights: range of height': () =>
      where('reported-heights', 'height', (value: string) => number(value) < 50 || number(value) > 84),
    'reported-heights: duplicates': async () => repeats(await rows('reported-heights')),
    'reported-heights: imbalance of sex': () => where('reported-heights', 'sex', value => value === 'Male'),
    'birdstrikes: missing of Speed IAS in knots': () => missing('birdstrikes'),
    'birdstrikes: unknown of Wildlife Species': () =>
      where('birdstrikes', 'Wildlife Species', (value: string) => value.startsWith('Unknown')),
    'birdstrikes: duplicates': async () => repeats(await rows('birdstrikes')),
    'birdstrikes: coding of Effect Amount of damage': () =>
      where('birdstrikes', 'Effect Amount of damage', value => value === 'B' || value === 'C'),
    'birdstrikes: range of Speed IAS in knots': async () =>
      (await rows('birdstrikes')).filter(row => row[13] === 0 && row[6] !== 'Parked' && row[6] !== 'Taxi').length,
    'birdstrikes: unknown of Cost Total $': async () =>
      (await rows('birdstrikes')).filter(row => row[12] === 0 && row[2] !== 'None').length,
    'birdstrikes: imbalance of Effect Amount of damage': () =>
      where('birdstrikes', 'Effect Amount of damage', value => value === 'None'),
    'german-credit: imbalance of class': () => where('german-credit', 'class', value => value === 'Bad'),
    'german-credit: bias of age_years': () => where('german-credit', 'age_years', value => value <= 25),
    'german-credit: coding of foreign_worker': () => where('german-credit', 'foreign_worker', value => value === 'yes'),
    'ucb-admissions: coding of Freq': async () =>
      data.column(await data.load('ucb-admissions'), 'Freq').reduce((sum, count) => sum + count, 0),
    'fine-foods: duplicates of train': async () => repeats(await reviews('train')),
    'fine-foods: leak of test': async () => {
      const train = new Set(await reviews('train'));
      return (await reviews('test')).filter(review => train.has(review)).length;
    },
    'fine-foods: text of train': async () => (await reviews('train')).filter(review => /<[a-z/]/.test(review)).length,
    'fine-foods: text of train (2)': async () => (await reviews('train')).join('').split('\uFFFD').length - 1,
    'fine-foods: imbalance of train': async () =>
      values((await data.load('fine-foods')).train, 'score').filter(score => score === 'great').length,
    'afinn: text of word': () => where('afinn', 'word', (value: string) => value.includes(' ')),
    'afinn: imbalance of valence': () => where('afinn', 'valence', value => value < 0),
    'spam: imbalance of label': async () => (await data.load('spam')).filter(mail => mail.label === 'spam').length,
    'spam: duplicates of words': async () =>
      repeats((await data.load('spam')).map(mail => Object.entries(mail.words).sort())),
    'spam: range of words': async () =>
      (await data.load('spam')).filter(mail => Math.max(...Object.values(mail.words)) > 1000).length,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant
    'moby-dick: text': async () => (await data.load('moby-dick')).replace(/[\x00-\x7F]/g, '').length,
    'digits: range': async () => Math.max(...(await data.load('digits')).pixels),
    'digits: constant': async () => {
      const { pixels, count } = await data.load('digits');
      const isDark = (pixel: number) =>
        Array.from({ length: count }, (_, i) => pixels[i * 64 + pixel]).every(v => v === 0);
      return Array.from({ length: 64 }, (_, pixel) => pixel).filter(isDark).length;
    },
    'emoji: imbalance': async () => (await data.load('emoji')).google.labels.filter(label => label === 0).length,
  };

  const wanted = names.flatMap(name => {
    const seen = new Map<string, number>();
    return entry(name)
      .faults.filter(fault => fault.count !== undefined)
      .map(({ kind, column, count }) => {
        const key = `${name}: ${kind}${column ? ` of ${column}` : ''}`;
        const times = (seen.get(key) ?? 0) + 1;
        seen.set(key, times);
        return { key: times > 1 ? `${key} (${times})` : key, count: count! };
      });
  });

  it('are all looked at', () => {
    expect(Object.keys(counted).sort()).toEqual(wanted.map(({ key }) => key).sort());
  });

  it.each(wanted)('$key: $count', async ({ key, count }) => {
    expect(await counted[key]!()).toBe(count);
  });

  it('and those told in passing', async () => {
    const test = await reviews('test');
    expect(test.filter(review => /<[a-z/]/.test(review))).toHaveLength(243);
    expect(test.join('').split('\uFFFD')).toHaveLength(6 + 1);
    const loans = await rows('german-credit');
    const bad = (people: unknown[][]) => people.filter(row => row[20] === 'Bad').length / people.length;
    expect(bad(loans.filter(row => Number(row[4]) <= 25))).toBeCloseTo(0.421, 3);
    expect(bad(loans.filter(row => Number(row[4]) > 25))).toBeCloseTo(0.272, 3);
    expect((await data.load('moby-dick')).split('—')).toHaveLength(1722 + 1);
  });
});

it('the type of what is loaded covers the catalogue, and follows the name', () => {
  expectTypeOf<keyof data.Datasets>().toEqualTypeOf<data.DatasetName>();
  expectTypeOf(data.load('titanic')).resolves.toEqualTypeOf<DataFrame>();
  expectTypeOf(data.load('moby-dick')).resolves.toEqualTypeOf<string>();
  expectTypeOf(data.load('digits')).resolves.toEqualTypeOf<data.images.ImageSet>();
  expectTypeOf<data.Datasets['fashion-mnist']>().toEqualTypeOf<{
    train: data.images.ImageSet;
    test: data.images.ImageSet;
  }>();
});

describe('about', () => {
  it('shows what to know of a dataset, and is its entry', async () => {
    const entry = data.about('sacramento');
    expect(entry.licence).toBe('MIT');
    expect(entry.faults[0]).toEqual({ kind: 'duplicates', count: 2, about: '2 rows repeat another in all columns.' });
    const bundle = (await entry[DISPLAY]()) as Record<string, string>;
    const text = bundle['text/plain']!;
    expect(text).toMatch(/^sacramento: Houses sold around Sacramento/);
    expect(text).toContain('\n  sqft (square feet)\n');
    expect(text).toContain('\nKnown faults:\n  2 rows repeat another in all columns.\n');
    expect(bundle['text/html']).toContain('<td style="text-align:left">square feet</td>');
    expect(String(((await data.about('moby-dick')[DISPLAY]()) as Record<string, string>)['text/html'])).not.toContain(
      '<table>',
    );
  });

  it('offers the nearest name', () => {
    // @ts-expect-error: no dataset of that name
    expect(() => data.about('titanik')).toThrow("received 'titanik'");
  });
});
