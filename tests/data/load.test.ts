import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue, type DatasetName, load } from '../../src/data/index.ts';
import { parseDataset, readVerified } from '../../src/data/load.ts';
import { golden } from './fixtures.ts';

describe('load', () => {
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

  it.each(Object.keys(catalogue) as DatasetName[])('%s is as the catalogue and its README say', async name => {
    const entry = catalogue[name];
    const frame = await load(name);
    expect(frame.shape).toEqual([entry.rows, entry.columns.length]);
    const readme = await readFile(new URL(`../../datasets/${name}/README.md`, import.meta.url), 'utf8');
    expect(readme).toContain(`**Rows**: ${entry.rows}`);
    for (const column of entry.columns) expect(readme).toContain(`| ${column.name} |`);
    for (const [place, column] of entry.columns.entries())
      expect(frame.dtypes[place] === 'string', column.name).toBe((column.content as string) !== 'number');
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
      message: "data.load(name): expected one of 'penguins', 'penguins-raw', 'iris', received 'pengiuns'.",
      hint: "Did you mean 'penguins'?",
    });
    // @ts-expect-error: nor this, which every object has
    await expect(load('constructor')).rejects.toThrow("received 'constructor'");
  });
});

describe('a file that is not as it should be', () => {
  let folder: string;
  const entry = catalogue.iris;
  const read = () => readVerified('iris', entry, pathToFileURL(`${folder}/`));
  const write = (content: string) => writeFile(join(folder, entry.file), content);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datasets-'));
    await mkdir(join(folder, 'iris/data'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('missing: says which file, which checksum, what to do', async () => {
    await expect(read()).rejects.toMatchObject({
      message: `data.load('iris'): expected the file ${join(folder, entry.file)} with SHA-256 ${entry.sha256}, received no such file.`,
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
    const original = await readFile(new URL(`../../datasets/${entry.file}`, import.meta.url), 'utf8');
    await write(original.replaceAll('\n', '\r\n'));
    await expect(read()).rejects.toMatchObject({ hint: expect.stringContaining('Only its line ends were changed') });
    await write(original);
    await expect(read()).resolves.toBe(original);
  });
});

describe('parseDataset', () => {
  const dataset = {
    ...catalogue.iris,
    columns: [
      { name: 'a', content: 'number' },
      { name: 'b', content: 'text' },
    ],
  } as const;

  it('reads quoted text, empty cells and lines that end early', () => {
    const frame = parseDataset('here', dataset, 'a,b\n1,"x, ""y"""\n,NA\n2.5\n');
    expect(frame.values).toEqual([
      [1, 'x, "y"'],
      [Number.NaN, null],
      [2.5, null],
    ]);
  });

  it('refuses other columns, and words among numbers', () => {
    expect(() => parseDataset('here', dataset, 'a,c\n1,2')).toThrow('here: expected the columns a, b, received a, c.');
    expect(() => parseDataset('here', dataset, 'a,b\n1,x\ntwo,y')).toThrow(
      "here: expected a number in 'a', row 1, received 'two'.",
    );
  });
});
