import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cached, cacheFolder } from '../../../../src/kernel/checker/declarations/cache.ts';

let folder = '';
let made = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'learnable-cache-'));
  made = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Made of one file, whose content it does not depend on. */
function value(name = 'library', cache: string | undefined = join(folder, 'cache')): string {
  const source = join(folder, 'source');
  return cached(cache, name, () => ({ value: `${name} ${++made}`, files: [source, join(folder, 'missing')] }));
}

const kept = () => readdirSync(join(folder, 'cache')).map(name => join(folder, 'cache', name));

describe('a value is kept', () => {
  test('until a file that it was made of changes, comes or goes', () => {
    writeFileSync(join(folder, 'source'), 'one');
    expect([value(), value(), value('other'), value('other')]).toEqual([
      'library 1',
      'library 1',
      'other 2',
      'other 2',
    ]);
    writeFileSync(join(folder, 'source'), 'longer');
    expect([value(), value()]).toEqual(['library 3', 'library 3']);
    utimesSync(join(folder, 'source'), 1, 1);
    expect([value(), value()]).toEqual(['library 4', 'library 4']);
    writeFileSync(join(folder, 'missing'), '');
    expect([value(), value()]).toEqual(['library 5', 'library 5']);
    rmSync(join(folder, 'source'));
    expect([value(), value()]).toEqual(['library 6', 'library 6']);
  });

  test.each(['', '{', '{}', 'null', '[]', '{"stamps":{}}'])(
    'and made again where what was kept is broken: %j',
    text => {
      expect(value()).toBe('library 1');
      for (const file of kept()) writeFileSync(file, text);
      expect([value(), value()]).toEqual(['library 2', 'library 2']);
    },
  );

  test('null too', () => {
    const nothing = () =>
      cached<string | null>(join(folder, 'cache'), 'nothing', () => {
        made++;
        return { value: null, files: [] };
      });
    expect([nothing(), nothing(), made]).toEqual([null, null, 1]);
  });

  test('not in a folder that cannot be', () => {
    writeFileSync(join(folder, 'cache'), 'a file');
    expect([value(), value()]).toEqual(['library 1', 'library 2']);
    expect([value('library', undefined), statSync(join(folder, 'cache')).isFile()]).toEqual(['library 3', true]);
  });

  test('with twenty others at most, and no drafts', () => {
    for (let index = 0; index < 25; index++) value(`library ${index}`);
    expect(kept()).toHaveLength(20);
    expect(kept().every(file => file.endsWith('.json'))).toBe(true);
    expect(value('library 24')).toBe('library 24 25');
  });
});

test.each([
  [{ LEARNABLE_CACHE: 'off' }, 'linux', undefined],
  [{ LEARNABLE_CACHE: '/else' }, 'linux', '/else'],
  [{}, 'linux', '/home/a/.cache/learnable'],
  [{ XDG_CACHE_HOME: '/xdg' }, 'linux', '/xdg/learnable'],
  [{}, 'darwin', '/home/a/Library/Caches/learnable'],
  [{ LOCALAPPDATA: '/local' }, 'win32', '/local/learnable/cache'],
])('where it is kept: %j on %s', (env, platform, expected) => {
  expect(cacheFolder(env, { platform, home: '/home/a' })?.replaceAll('\\', '/')).toBe(expected);
});
