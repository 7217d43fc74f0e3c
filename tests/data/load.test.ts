import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/catalogue/dataset.ts';
import { readVerified } from '../../src/data/files/verify.ts';
import { catalogue, type DatasetName, file, load } from '../../src/data/index.ts';
import { golden } from './fixtures.ts';

interface TableGolden {
  shape: [number, number];
  missing: Record<string, number>;
  sum: Record<string, number>;
  distinct: Record<string, number>;
}

const found = JSON.parse(await readFile(new URL('golden/datasets.json', import.meta.url), 'utf8')) as Record<
  string,
  TableGolden
>;
const names = Object.keys(catalogue) as DatasetName[];
const entry = (name: DatasetName): Dataset => catalogue[name];

describe('load: tables', () => {
  it('gives the penguins as pandas reads them', async () => {
    const penguins = await load('penguins');
    expect(penguins.constructor.name).toBe('DataFrame');
    expect(penguins.shape).toEqual(golden.shape);
    const lengths = penguins.column('bill_length_mm').values as number[];
    expect(lengths.map(value => (Number.isNaN(value) ? null : value))).toEqual(golden.bill_length_mm);
    expect(penguins.dtypes).toEqual([
      'string',
      'string',
      'float32',
      'float32',
      'float32',
      'float32',
      'string',
      'int32',
    ]);
  });

  it('has NaN for missing numbers, null for all else, never the text NA', async () => {
    const rows = (await load('penguins')).values as unknown[][];
    expect(rows[3]).toEqual(['Adelie', 'Torgersen', Number.NaN, Number.NaN, Number.NaN, Number.NaN, null, 2007]);
    expect(rows.flat()).not.toContain('NA');
  });

  it('gives a frame of its own each time', async () => {
    const [one, other] = [await load('iris'), await load('iris')];
    (one.values as unknown[][])[0]![0] = 99;
    expect((other.values as unknown[][])[0]![0]).toBe(5.1);
  });

  const tables = names.flatMap((name): { name: DatasetName; part?: string; path: string }[] => {
    const { kind } = entry(name);
    if (kind === 'table') return [{ name, path: name }];
    if (kind === 'table-parts') return ['train', 'test'].map(part => ({ name, part, path: `${name}/${part}` }));
    return [];
  });

  it.each(tables)('$path: rows, columns, missing values, distinct values and sums are those of pandas', async table => {
    const loaded = await load(table.name);
    const frame = (table.part ? (loaded as Record<string, DataFrame>)[table.part] : loaded) as DataFrame;
    const dataset = entry(table.name) as Extract<Dataset, { kind: 'table' | 'table-parts' }>;
    const { shape, missing, sum, distinct } = found[table.path]!;
    expect(frame.shape).toEqual(shape);
    const rows = dataset.kind === 'table' ? dataset.rows : dataset.parts[table.part!]!.rows;
    expect(frame.shape).toEqual([rows, dataset.columns.length]);
    dataset.columns.forEach(({ name, content }, place) => {
      const values = (frame.values as unknown[][]).map(row => row[place]);
      const present = values.filter(value => value !== null && !Number.isNaN(value));
      expect(values.length - present.length, name).toBe(missing[name]);
      expect(new Set(present).size, name).toBe(distinct[name]);
      expect(frame.dtypes[place] === 'string', name).toBe(content !== 'number');
      if (content !== 'number') return;
      const total = (present as number[]).reduce((all, value) => all + value, 0);
      expect(total / sum[name]!, name).toBeCloseTo(1, 9);
    });
  });

  it('finds datasets wherever it is started', async () => {
    const before = process.cwd();
    process.chdir(tmpdir());
    try {
      expect((await load('iris')).shape).toEqual([150, 5]);
    } finally {
      process.chdir(before);
    }
  });

  it('offers the nearest names, and misspelling is a compile error', async () => {
    // @ts-expect-error: no dataset of that name
    await expect(load('pengiuns')).rejects.toMatchObject({
      message: `data.load(name): expected one of ${names.map(name => `'${name}'`).join(', ')}, received 'pengiuns'.`,
      hint: "Did you mean 'penguins'?",
    });
    // @ts-expect-error: nor this, which every object has
    await expect(load('constructor')).rejects.toThrow("received 'constructor'");
  });
});

describe('load: texts, mails and a model', () => {
  it('gives the book as one string', async () => {
    const book = await load('moby-dick');
    expect(book).toHaveLength(catalogue['moby-dick'].characters);
    expect(book).toContain('Call me Ishmael.');
    expect(book.endsWith('only found another orphan.\n')).toBe(true);
  });

  it('gives mails as counts of words', async () => {
    const mails = await load('spam');
    expect(mails).toHaveLength(catalogue.spam.rows);
    expect(mails[0]).toMatchObject({ label: 'ham', source: 'easy-ham-1', words: { the: 15, number: 39 } });
    expect(new Set(mails.flatMap(mail => Object.keys(mail.words))).size).toBe(4000);
  });

  it('gives a model that loads and computes', async () => {
    await tf.setBackend('cpu');
    const artifacts = await load('nanodet');
    const model = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
    expect(model.inputs[0]!.shape).toEqual(catalogue.nanodet.input);
    const weights = artifacts.weightSpecs!.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect(weights).toBe(catalogue.nanodet.parameters);
    model.dispose();
  });
});

describe('file', () => {
  it('gives the bytes of one file, checked', async () => {
    const bytes = await file('photos', 'chelsea.png');
    expect([...bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  it('offers the nearest name, and misspelling is a compile error', async () => {
    // @ts-expect-error: no file of that name
    await expect(file('photos', 'chelsee.png')).rejects.toMatchObject({
      message:
        "data.file('photos', name): expected one of chelsea.png, coffee.png, astronaut.png, received 'chelsee.png'.",
      hint: "Did you mean 'chelsea.png'?",
    });
    // @ts-expect-error: nor this, of another dataset
    await expect(file('photos', 'iris.csv')).rejects.toThrow("received 'iris.csv'");
  });
});

describe('a file that is not as it should be', () => {
  let folder: string;
  const sha256 = catalogue.iris.files['iris.csv'];
  const read = () => readVerified('iris', 'iris.csv', sha256, pathToFileURL(`${folder}/`));
  const write = (content: string) => writeFile(join(folder, 'iris/data/iris.csv'), content);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datasets-'));
    await mkdir(join(folder, 'iris/data'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('missing: says which file, which checksum, what to do', async () => {
    await expect(read()).rejects.toMatchObject({
      message: `data.load('iris'): expected the file ${join(folder, 'iris/data/iris.csv')} with SHA-256 ${sha256}, received no such file.`,
      hint: 'Restore it with: git checkout -- datasets/iris (or download learnable anew).',
    });
  });

  it('changed: says both checksums', async () => {
    await write('sepal_length_cm\n1\n');
    await expect(read()).rejects.toMatchObject({
      message: expect.stringMatching(/with SHA-256 b6b8efc8[0-9a-f]{56}, received (?!b6b8efc8)[0-9a-f]{64}\.$/),
      hint: expect.stringContaining('It was changed.'),
    });
  });

  it('empty: says so', async () => {
    await write('');
    await expect(read()).rejects.toThrow('(the file is empty)');
  });

  it('other line ends: says that nothing else is wrong', async () => {
    const original = await readFile(new URL('../../datasets/iris/data/iris.csv', import.meta.url), 'utf8');
    await write(original.replaceAll('\n', '\r\n'));
    await expect(read()).rejects.toMatchObject({ hint: expect.stringContaining('Only its line ends were changed') });
    await write(original);
    expect((await read()).toString()).toBe(original);
  });
});
