import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test('docs/dependencies.md names every direct dependency, and no other', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const direct = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap(kind =>
    Object.keys(manifest[kind]!),
  );
  const rows = read('docs/dependencies.md')
    .split('\n')
    .filter(line => line.startsWith('| `'));
  const named = rows.flatMap(row => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(match => match[1]!));
  expect(named.sort()).toEqual(direct.sort());
});
