import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/data/catalogue/index.ts';

const page = readFileSync(new URL('../../docs/data.md', import.meta.url), 'utf8');

it('docs/data.md has a row for every data set, and for no other', () => {
  const [, section = ''] = page.split('## Data sets');
  const rows = section.split('\n## ')[0]!.match(/^\| `([^`]+)`/gm)!;
  expect(rows.map(row => row.slice(3, -1))).toEqual(Object.keys(catalogue));
});

it('docs/data.md names every folder of src/data', () => {
  const folders = readdirSync(new URL('../../src/data/', import.meta.url), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name);
  const [, map = ''] = page.split('## Where to look');
  expect([...map.matchAll(/`([a-z]+)\/`/g)].map(match => match[1]!).sort()).toEqual(folders.sort());
});
