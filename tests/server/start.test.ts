import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { create } from 'tar';
import { expect, onTestFinished, test } from 'vitest';
import { startLab } from '../../src/server/index.ts';
import { openLab, request, TOKEN, temporaryFolder } from './support.ts';

async function occupy(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}

test('a busy port moves on to the next one and says so', async () => {
  const port = await occupy();
  const { lab, logged, ask } = await openLab({ port });
  expect(lab.port).toBeGreaterThan(port);
  expect(lab.url).toBe(`http://127.0.0.1:${lab.port}/lab?token=${TOKEN}`);
  expect(logged).toContain(`Port ${port} is in use, trying ${port + 1}.`);
  expect((await ask('GET', '/api')).body).toEqual({ version: '2.14.0' });
});

test('what cannot start says why', async () => {
  const root = temporaryFolder();
  await expect(startLab({ root: path.join(root, 'none') })).rejects.toThrow(
    /The lab needs a folder to show: .*none is not one/,
  );
  writeFileSync(path.join(root, 'a file'), '');
  await expect(startLab({ root, stateDirectory: path.join(root, 'a file', 'state') })).rejects.toThrow(
    /^The lab cannot keep its settings in .*state: ENOTDIR/,
  );
  await expect(startLab({ root, token: '' })).rejects.toThrow('The token must have at least 8 characters');
  await expect(startLab({ root, ip: '192.0.2.1', port: 0 })).rejects.toThrow('This machine has no address 192.0.2.1.');
});

test('each start has a token of its own', async () => {
  const { lab } = await openLab({ token: undefined });
  const other = await openLab({ token: undefined });
  expect(lab.token).toMatch(/^[0-9a-f]{48}$/);
  expect(other.lab.token).not.toBe(lab.token);
});

/** A front end of four files in place of the real one. */
async function packApp(folder: string, text: string): Promise<string> {
  const source = path.join(folder, 'source');
  mkdirSync(path.join(source, 'static'), { recursive: true });
  mkdirSync(path.join(source, 'schemas', '@lab', 'main'), { recursive: true });
  mkdirSync(path.join(source, 'themes', '@lab', 'light'), { recursive: true });
  const page =
    '<!doctype html><script id="c" type="application/json">@@PAGE_CONFIG@@</script><script src="@@STATIC_URL@@/main.1.js"></script>';
  const properties = { speed: { type: 'number', default: 1 } };
  for (const [name, content] of [
    ['index.html', page],
    ['static/main.1.js', text],
    ['schemas/@lab/main/plugin.json', JSON.stringify({ title: 'Plugin', properties })],
    ['schemas/@lab/main/package.json.orig', '{"name":"@lab/main","version":"4.6.3"}'],
    ['themes/@lab/light/index.css', 'body { color: red; }'],
    ['third-party-licenses.json', '{"packages":[{"name":"x"}]}'],
    ['manifest.json', '{"version":"4.6.3"}'],
  ] as const) {
    writeFileSync(path.join(source, name), content);
  }
  const archive = path.join(folder, 'app.tgz');
  await create({ gzip: true, file: archive, cwd: source }, readdirSync(source));
  return archive;
}

test('the front end is unpacked once, and anew when the archive changes', async () => {
  const folder = temporaryFolder();
  const script = `console.log("${'x'.repeat(20_000)}");`;
  const appArchive = await packApp(folder, script);
  const first = await openLab({ appArchive });
  const unpacked = path.join(folder, 'app');
  const [version] = readdirSync(unpacked);
  expect(readdirSync(unpacked)).toHaveLength(1);
  await first.lab.close();
  writeFileSync(path.join(unpacked, version!, 'static', 'main.1.js'), 'kept');
  const second = await openLab({ appArchive });
  expect((await second.ask('GET', '/static/lab/main.1.js')).body).toBe('kept');
  await second.lab.close();
  await packApp(folder, '"another build"');
  const third = await openLab({ appArchive });
  expect((await third.ask('GET', '/static/lab/main.1.js')).body).toBe('"another build"');
  expect(readdirSync(unpacked)).toHaveLength(1);
});

test('a broken archive is an error, and leaves nothing half unpacked', async () => {
  const folder = temporaryFolder();
  const appArchive = await packApp(folder, 'x'.repeat(100_000));
  writeFileSync(appArchive, readFileSync(appArchive).subarray(0, 200));
  await expect(openLab({ appArchive })).rejects.toThrow(/^The front end cannot be unpacked, .*app\.tgz is damaged/);
  expect(readdirSync(path.join(folder, 'app'))).toEqual([]);
});

test('scripts are sent compressed, to be kept for ever', async () => {
  const folder = temporaryFolder();
  const script = `console.log("${'x'.repeat(20_000)}");`;
  const { lab } = await openLab({ appArchive: await packApp(folder, script) });
  for (const [accepted, used] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const { headers, body } = await request(`${lab.base}/static/lab/main.1.js`, {
      headers: { 'Accept-Encoding': accepted },
    });
    expect(headers.get('content-encoding')).toBe(used);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('vary')).toBe('Accept-Encoding');
    if (used !== null) expect(Number(headers.get('content-length'))).toBeLessThan(300);
    expect(body).toBe(script);
  }
  expect((await request(`${lab.base}/static/lab/none.js`)).status).toBe(404);
});

test('the page gets its configuration, without the token and safe inside a script element', async () => {
  const folder = temporaryFolder();
  const chapters = [{ path: 'notebooks/01.ipynb', number: 1, title: '</script><b>$& $1', question: 'Why?' }];
  const { ask } = await openLab({ appArchive: await packApp(folder, ''), chapters, preferredDir: 'notebooks' });
  const { body, headers } = await ask('GET', '/lab/workspaces/mine/tree/a%20b/%C3%BC.ipynb');
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(body).not.toContain(TOKEN);
  expect(body).toContain('src="/static/lab/main.1.js"');
  const config = JSON.parse(/json">(.*?)<\/script>/.exec(body)![1]!);
  expect(config).toMatchObject({
    appVersion: '4.6.3',
    workspace: 'mine',
    treePath: 'a b/ü.ipynb',
    mode: 'multiple-document',
    preferredPath: '/notebooks',
    token: '',
    chapters,
  });
  expect((await ask('GET', '/doc/tree/x.ipynb')).body).toContain('"mode":"single-document"');
});

test('settings are kept as text with comments; what is broken is set aside', async () => {
  const folder = temporaryFolder();
  const { ask, root, logged } = await openLab({ appArchive: await packApp(folder, '') });
  const id = '@lab/main:plugin';
  const before = await ask('GET', `/lab/api/settings/${id}`);
  expect(before.body).toMatchObject({ id, version: '4.6.3', raw: '{}', settings: {}, last_modified: null });
  const raw = '{\n  // twice as fast\n  "speed": 2,\n}';
  expect((await ask('PUT', `/lab/api/settings/${encodeURIComponent(id)}`, { raw })).status).toBe(204);
  expect((await ask('GET', `/lab/api/settings/${id}`)).body).toMatchObject({ raw, settings: { speed: 2 } });
  const refused = await ask('PUT', `/lab/api/settings/${id}`, { raw: '{ "speed": ' });
  expect([refused.status, refused.body.message]).toEqual([
    400,
    'These settings were not saved: JSON5: invalid end of input at 1:12',
  ]);
  const store = path.join(root, '.learnable', 'lab', 'settings');
  const [file] = readdirSync(store);
  writeFileSync(path.join(store, file!), '{ broken');
  const all = await ask('GET', '/lab/api/settings');
  expect(all.body.settings).toEqual([before.body]);
  expect(readdirSync(store)).toEqual([`${file}.broken-1`]);
  expect(logged.at(-1)).toMatch(/cannot be read \(JSON5: .*\)\. It was set aside as .*\.broken-1; defaults apply\.$/);
  expect((await ask('GET', '/lab/api/settings?ids_only=true')).body).toEqual({ settings: [{ id }] });
  expect((await ask('GET', '/lab/api/settings/@lab/main:none')).status).toBe(404);
});

test('workspaces are kept, listed and deleted; what is broken is set aside', async () => {
  const { ask, root } = await openLab();
  const workspace = { data: { 'layout-restorer:data': { main: 1 } }, metadata: { id: 'default' } };
  expect((await ask('GET', '/lab/api/workspaces/default')).body).toEqual({ data: {}, metadata: { id: 'default' } });
  expect((await ask('PUT', '/lab/api/workspaces/default', workspace)).status).toBe(204);
  const kept = (await ask('GET', '/lab/api/workspaces/default')).body;
  expect(kept).toMatchObject(workspace);
  expect(new Date(kept.metadata.last_modified).getTime()).toBeGreaterThan(Date.now() - 60_000);
  expect((await ask('GET', '/lab/api/workspaces')).body.workspaces.ids).toEqual(['default']);
  const mismatch = await ask('PUT', '/lab/api/workspaces/other', workspace);
  expect([mismatch.status, mismatch.body.message]).toEqual([
    400,
    'The workspace is named "default", its address says "other".',
  ]);
  expect((await ask('PUT', '/lab/api/workspaces/default', { data: 1 })).status).toBe(400);
  const store = path.join(root, '.learnable', 'lab', 'workspaces');
  writeFileSync(path.join(store, 'default.json'), '{"data"');
  expect((await ask('GET', '/lab/api/workspaces/default')).body.data).toEqual({});
  expect(readdirSync(store)).toEqual(['default.json.broken-1']);
  await ask('PUT', '/lab/api/workspaces/default', workspace);
  expect((await ask('DELETE', '/lab/api/workspaces/default')).status).toBe(204);
  expect((await ask('GET', '/lab/api/workspaces')).body.workspaces.ids).toEqual([]);
});

test('the small answers have the shape that the front end expects', async () => {
  const folder = temporaryFolder();
  const { ask } = await openLab({ appArchive: await packApp(folder, '') });
  expect((await ask('GET', '/api/me')).body.identity.username).toEqual(expect.any(String));
  expect((await ask('GET', '/api/status')).body).toMatchObject({ connections: 0, kernels: 0 });
  expect((await ask('GET', '/lab/api/translations')).body.data.en.nativeName).toBe('English');
  expect((await ask('GET', '/lab/api/licenses')).body.bundles.JupyterLab.packages).toEqual([{ name: 'x' }]);
  const theme = await ask('GET', '/lab/api/themes/@lab/light/index.css');
  expect([theme.headers.get('content-type'), theme.body]).toEqual(['text/css; charset=utf-8', 'body { color: red; }']);
  const root = await ask('GET', '/');
  expect([root.status, root.headers.get('location')]).toEqual([302, '/lab']);
});

test('without the front end the page says what is missing', async () => {
  const { ask, logged } = await openLab();
  const page = await ask('GET', '/lab');
  expect([page.status, page.body.message]).toEqual([
    503,
    'The front end is missing: lab/app.tgz is not there. See lab/README.md to build it.',
  ]);
  expect(logged[0]).toMatch(/^The front end is missing: .*no-app\.tgz is not there\.$/);
});
