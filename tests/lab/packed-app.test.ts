import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { list, type ReadEntry } from 'tar';
import { beforeAll, describe, expect, test } from 'vitest';

const lab = fileURLToPath(new URL('../../lab', import.meta.url));
const archive = `${lab}/app.tgz`;
const files = new Map<string, Buffer>();

beforeAll(async () => {
  const keep = (entry: ReadEntry) => {
    const chunks: Buffer[] = [];
    entry.on('data', chunk => chunks.push(chunk));
    entry.on('end', () => files.set(entry.path, Buffer.concat(chunks)));
  };
  await list({ file: archive, onReadEntry: keep });
});

const text = (name: string): string => {
  const content = files.get(name);
  if (!content) throw new Error(`lab/app.tgz holds no ${name}`);
  return content.toString('utf8');
};
const json = (name: string) => JSON.parse(text(name));
const named = (pattern: RegExp): string[] => [...files.keys()].filter(name => pattern.test(name));
const mainScript = (): string => text(named(/^static\/main\.[0-9a-f]+\.js$/)[0] ?? 'static/main.js');

describe('the packed front end', () => {
  test('is no larger than 8 MB', () => {
    expect(statSync(archive).size).toBeLessThan(8e6);
  });

  test('was built from the sources that are here', async () => {
    const { hashSources } = await import(new URL('../../lab/scripts/sources.mjs', import.meta.url).href);
    expect(json('manifest.json').sources, 'lab/ was changed: build it again, see lab/README.md').toBe(hashSources(lab));
  });

  test('holds exactly the files of its manifest, unharmed', () => {
    const hashes = [...files]
      .filter(([name]) => name !== 'manifest.json')
      .map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')]);
    expect(Object.fromEntries(hashes)).toEqual(json('manifest.json').files);
    expect(json('manifest.json').version).toMatch(/^4\.\d+\.\d+$/);
  });

  test('has paths that every system can unpack, and nothing outside its folder', () => {
    for (const name of files.keys()) expect(name).toMatch(/^[a-z][\w.@-]*(\/[\w.@-]+)*$/i);
    expect(named(/\.\./)).toEqual([]);
  });
});

describe('index.html', () => {
  test('has the page configuration once, and names scripts and styles below the static URL', () => {
    const page = text('index.html');
    expect(page.split('@@PAGE_CONFIG@@')).toHaveLength(2);
    expect(page).toContain('<script id="jupyter-config-data" type="application/json">@@PAGE_CONFIG@@</script>');
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map(match => match[1]!)
      .filter(url => !url.startsWith('data:'));
    expect(assets.map(url => url.replace(/\.[0-9a-f]{12}\./, '.*.'))).toEqual([
      '@@STATIC_URL@@/main.*.css',
      '@@STATIC_URL@@/main.*.js',
    ]);
    for (const url of assets) expect(files.has(url.replace('@@STATIC_URL@@', 'static')), url).toBe(true);
  });

  test('no style sheet fetches anything that is not packed', () => {
    for (const name of [...named(/\.css$/), 'index.html']) {
      const folder = name.slice(0, name.lastIndexOf('/') + 1);
      const urls = [...text(name).matchAll(/url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)/g)].map(
        match => match[1] ?? match[2]!,
      );
      const fetched = urls.filter(url => !url.startsWith('data:') && !url.startsWith('#'));
      const absent = fetched.filter(url => !files.has(folder + url.replace(/[?#].*$/, '')));
      expect(absent, name).toEqual([]);
    }
  });
});

describe('the scripts', () => {
  test('every chunk that the main script can ask for is packed', () => {
    const hashes = [...mainScript().matchAll(/[{,]"?\w+"?:"([0-9a-f]{12})"/g)].map(match => match[1]);
    const packed = new Set(named(/^static\/.*\.js$/).map(name => name.split('.').at(-2)));
    expect(hashes.length).toBeGreaterThan(50);
    expect(hashes.filter(hash => !packed.has(hash))).toEqual([]);
    expect(named(/^static\/plotly\.[0-9a-f]{12}\.js$/)).toHaveLength(1);
  });

  test('Plotly is not in what every page loads', () => {
    expect(mainScript().length).toBeLessThan(4e6);
  });

  test('nothing is left of module federation', () => {
    expect(named(/remoteEntry/)).toEqual([]);
    expect(mainScript()).not.toMatch(/_JUPYTERLAB|__webpack_init_sharing__|remoteEntry/);
  });

  test('no script names a host that serves code or fonts', () => {
    for (const name of named(/^static\/.*\.js$/).filter(name => !name.startsWith('static/plotly.')))
      expect(text(name), name).not.toMatch(/cdn\.jsdelivr|cdnjs\.|unpkg\.com\/(?!maki)|fonts\.g(oogleapis|static)/);
  });
});

describe('schemas and themes', () => {
  test('the settings of what the lab has are there, and of what it has not are not', () => {
    const ids = named(/^schemas\/.*\.json$/).map(name => name.slice('schemas/'.length, -'.json'.length));
    expect(ids.length).toBeGreaterThan(50);
    for (const id of [
      'notebook-extension/tracker',
      'docmanager-extension/plugin',
      'shortcuts-extension/shortcuts',
      'apputils-extension/themes',
      'filebrowser-extension/browser',
      'mathjax-extension/plugin',
      'workspaces-extension/sidebar',
      'celltags-extension/plugin',
      'logconsole-extension/plugin',
      'completer-extension/manager',
    ])
      expect(ids).toContain(`@jupyterlab/${id}`);
    expect(ids.filter(id => /terminal|debugger|extensionmanager|hub-|lsp/.test(id))).toEqual([]);
  });

  test('each package of schemas tells its version, and each schema is a schema', () => {
    for (const name of named(/^schemas\/.*\.json$/)) {
      expect(json(name).type, name).toBe('object');
      expect(json(`${name.slice(0, name.lastIndexOf('/'))}/package.json.orig`).version, name).toMatch(
        /^\d+\.\d+\.\d+$/,
      );
    }
  });

  test('our first-start defaults are baked in', () => {
    const tracker = json('schemas/@jupyterlab/notebook-extension/tracker.json').properties;
    expect(tracker.codeCellConfig.default).toMatchObject({ lineNumbers: false, autoClosingBrackets: true });
    expect(tracker.windowingMode.default).toBe('defer');
    const notification = json('schemas/@jupyterlab/apputils-extension/notification.json').properties;
    expect([notification.fetchNews.default, notification.checkForUpdates.default]).toEqual(['false', false]);
    expect(json('schemas/@jupyterlab/docmanager-extension/plugin.json').properties.autosaveInterval.default).toBe(30);
    expect(json('schemas/@jupyterlab/apputils-extension/themes.json').properties.theme.default).toBe(
      'JupyterLab Light',
    );
  });

  test.each(['light', 'dark', 'dark-high-contrast'])('the theme %s is there', theme => {
    expect(text(`themes/@jupyterlab/theme-${theme}-extension/index.css`)).toContain('--jp-layout-color1');
  });
});

describe('licences', () => {
  const PERMISSIVE =
    /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|\(MPL-2\.0 OR Apache-2\.0\)|\(CC-BY-4\.0 AND OFL-1\.1 AND MIT\))$/;

  test('every package that is built in has one, and all are permissive', () => {
    const { packages } = json('third-party-licenses.json');
    expect(packages.length).toBeGreaterThan(150);
    expect(packages.filter((each: { licenseId: string }) => !PERMISSIVE.test(each.licenseId))).toEqual([]);
    const names = packages.map((each: { name: string }) => each.name);
    for (const name of [
      '@jupyterlab/application',
      'plotly.js-dist-min',
      'mathjax-full',
      '@codemirror/view',
      'react',
      'khroma',
    ])
      expect(names).toContain(name);
  });

  test('no two versions of a package that must be one are built in', () => {
    const names: string[] = json('third-party-licenses.json').packages.map((each: { name: string }) => each.name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    expect(twice.filter(name => /^@jupyter|^@lumino|^@codemirror|^@microsoft\/fast|^react|^yjs$/.test(name))).toEqual(
      [],
    );
  });
});
