import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { checkPath } from '../../src/server/contents/paths.ts';
import type { Lab } from '../../src/server/index.ts';
import { openLab, request, TOKEN, temporaryFolder } from './support.ts';

/** A request whose path and headers go out exactly as written, which `fetch` would tidy up. */
function rawRequest(lab: Lab, address: string, headers: Record<string, string> = {}, method = 'GET', body = '') {
  return new Promise<{ status: number; body: string; headers: http.IncomingHttpHeaders }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: lab.port, path: address, headers, method };
    const sent = http.request(options, response => {
      let text = '';
      response.on('data', part => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body: text, headers: response.headers }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const withToken = { Authorization: `token ${TOKEN}` };

test.each([
  '/files/../secret.txt',
  '/files/..%2fsecret.txt',
  '/files/%2e%2e/secret.txt',
  '/files/%2e%2e%2fsecret.txt',
  '/files/sub/..%2f..%2fsecret.txt',
  '/files/..%5csecret.txt',
  '/files//etc/passwd',
  '/files/%2fetc%2fpasswd',
  '/files/%00',
  '/files/a.txt%00.png',
  '/files/.hidden/a.txt',
  '/files/.env',
  '/api/contents/..%2fsecret.txt',
  '/api/contents/sub/%2e%2e/%2e%2e/secret.txt',
  '/api/contents/.learnable/lab/trust-secret',
  '/api/contents/..%2fsecret.txt/checkpoints',
  '/kernelspecs/..%2f..%2fpackage.json',
  '/static/lab/..%2f..%2fpackage.json',
  '/lab/api/themes/..%2f..%2f..%2fpackage.json',
  '/lab/api/settings/..%2f..%2fsecret',
])('%s leads nowhere', async address => {
  const outer = temporaryFolder();
  const root = path.join(outer, 'root');
  mkdirSync(path.join(root, 'sub'), { recursive: true });
  mkdirSync(path.join(root, '.hidden'));
  writeFileSync(path.join(outer, 'secret.txt'), 'the secret');
  for (const name of ['a.txt', '.env', '.hidden/a.txt']) writeFileSync(path.join(root, name), 'the secret');
  const { lab } = await openLab({ root });
  const answer = await rawRequest(lab, address, withToken);
  expect([400, 403, 404]).toContain(answer.status);
  expect(answer.body).not.toContain('the secret');
});

test('a symbolic link that leaves the root is refused for reading, writing, renaming and deleting', async () => {
  const outer = temporaryFolder();
  const root = path.join(outer, 'root');
  mkdirSync(root);
  mkdirSync(path.join(outer, 'outside'));
  writeFileSync(path.join(outer, 'outside', 'secret.txt'), 'the secret');
  symlinkSync(path.join(outer, 'outside'), path.join(root, 'folder'));
  symlinkSync(path.join(outer, 'outside', 'secret.txt'), path.join(root, 'file.txt'));
  symlinkSync(path.join(outer, 'not-there.txt'), path.join(root, 'dangling.txt'));
  const { ask } = await openLab({ root });
  const file = { type: 'file', format: 'text', content: 'x' };
  for (const [method, address, body] of [
    ['GET', '/api/contents/file.txt'],
    ['GET', '/files/file.txt'],
    ['GET', '/api/contents/folder'],
    ['GET', '/files/folder/secret.txt'],
    ['PUT', '/api/contents/file.txt', file],
    ['PUT', '/api/contents/dangling.txt', file],
    ['PUT', '/api/contents/folder/new.txt', file],
    ['PATCH', '/api/contents/folder/secret.txt', { path: 'mine.txt' }],
    ['DELETE', '/api/contents/folder/secret.txt'],
    ['POST', '/api/contents/', { copy_from: 'file.txt' }],
    ['POST', '/api/contents/folder', { type: 'file' }],
    ['POST', '/api/contents/file.txt/checkpoints'],
    ['POST', '/api/sessions', { path: 'folder/a.ipynb' }],
  ] as const) {
    const answer = await ask(method, address, body);
    expect([method, address, answer.status]).toEqual([method, address, 403]);
  }
  const { body } = await ask('GET', '/api/contents/');
  expect(body.content).toEqual([]);
});

test.each([
  'C:/x',
  'c:x',
  'a\\..\\b',
  'a.txt::$DATA',
  'a.txt:stream',
  'NUL',
  'con.txt',
  'COM1',
  'x./y',
  'x /y',
  'a\u0001b',
])('on Windows %s is refused', apiPath => {
  expect(() => checkPath(apiPath, 'win32')).toThrow('No such file or directory');
});

test('what Windows refuses is a plain name elsewhere; parents and hidden names are refused everywhere', () => {
  for (const apiPath of ['a:b.ipynb', 'a\\b', 'con.txt', 'ü/x']) expect(checkPath(apiPath, 'linux')).toBeUndefined();
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    for (const apiPath of ['../a', 'a/../b', '.git/config', 'a/.env', 'a\0b']) {
      expect(() => checkPath(apiPath, platform)).toThrow('No such file or directory');
    }
  }
});

test.each([
  ['GET', '/api/contents'],
  ['GET', '/api/kernels'],
  ['POST', '/api/kernels'],
  ['GET', '/api/sessions'],
  ['GET', '/api/status'],
  ['GET', '/api/me'],
  ['POST', '/api/shutdown'],
  ['GET', '/lab/api/settings'],
  ['GET', '/lab/api/workspaces'],
  ['GET', '/lab'],
  ['GET', '/lab/tree/a.ipynb'],
  ['GET', '/files/a.txt'],
])('%s %s asks for the token', async (method, address) => {
  const { lab } = await openLab();
  expect((await request(lab.base + address, { method })).status).toBe(403);
  expect((await request(`${lab.base}${address}?token=wrong`, { method })).status).toBe(403);
  const wrong = { Authorization: `token ${TOKEN}x` };
  expect((await request(lab.base + address, { method, headers: wrong })).status).toBe(403);
});

async function logIn(lab: Lab): Promise<Record<string, string>> {
  const first = await request(lab.url);
  return Object.fromEntries(first.setCookie.map(cookie => cookie.split(';')[0]!.split('=') as [string, string]));
}

test('the first visit with the token gets cookies and leads to the address without it', async () => {
  const { lab } = await openLab();
  const first = await request(`${lab.base}/lab/tree/a%20b.ipynb?token=${TOKEN}&reset`);
  expect([first.status, first.headers.get('location')]).toEqual([302, '/lab/tree/a%20b.ipynb?reset=']);
  const [session, xsrf] = first.setCookie;
  expect(session).toMatch(/^learnable-lab-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(session).not.toContain(TOKEN);
  expect(xsrf).toMatch(/^_xsrf=[0-9a-f]{32}; Path=\/; SameSite=Strict$/);
  const cookie = `${session!.split(';')[0]}; ${xsrf!.split(';')[0]}`;
  expect((await request(`${lab.base}/api/contents`, { headers: { cookie } })).status).toBe(200);
  const slashes = await rawRequest(lab, `//evil.example/?token=${TOKEN}`);
  expect(slashes.headers.location ?? '').not.toMatch(/^\/\//);
});

test('without the token a person is asked for it', async () => {
  const { lab } = await openLab();
  const page = await request(`${lab.base}/lab/tree/%22%3E%3Cscript%3E`);
  expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
  expect(page.body).toContain('<form method="get"');
  expect(page.body).not.toContain('<script>');
  expect((await request(`${lab.base}/lab?token=wrong`)).body).toContain('This token is not the right one');
});

test('a change with the cookie needs the _xsrf value in a header; with the token it does not', async () => {
  const { lab } = await openLab();
  const cookies = await logIn(lab);
  const cookie = Object.entries(cookies)
    .map(pair => pair.join('='))
    .join('; ');
  const create = (headers: Record<string, string>) =>
    request(`${lab.base}/api/contents`, { method: 'POST', body: '{"type":"file"}', headers });
  const without = await create({ cookie });
  expect([without.status, without.body.message]).toEqual([
    403,
    "'_xsrf' is missing or does not match: reload the page.",
  ]);
  expect((await create({ cookie, 'X-XSRFToken': 'guess' })).status).toBe(403);
  expect((await create({ cookie: cookie.replace(/_xsrf=\w+/, '_xsrf='), 'X-XSRFToken': '' })).status).toBe(403);
  expect((await create({ cookie, 'X-XSRFToken': cookies._xsrf! })).status).toBe(201);
  expect((await create(withToken)).status).toBe(201);
});

test.each(['http://evil.example', 'http://localhost:1', 'null', 'http://127.0.0.1'])(
  'the origin %s is refused, whatever it knows',
  async origin => {
    const { lab } = await openLab();
    const cookies = await logIn(lab);
    const cookie = Object.entries(cookies)
      .map(pair => pair.join('='))
      .join('; ');
    const headers = { cookie, Origin: origin, 'X-XSRFToken': cookies._xsrf! };
    expect((await rawRequest(lab, '/api/contents', headers)).status).toBe(403);
    expect((await rawRequest(lab, '/api/kernels', headers, 'POST', '{}')).status).toBe(403);
    expect((await rawRequest(lab, '/api/kernels', { ...withToken, Origin: origin }, 'POST', '{}')).status).toBe(403);
  },
);

test('a script tag of another site is refused, a link is not', async () => {
  const { lab } = await openLab();
  const cookie = Object.entries(await logIn(lab))
    .map(pair => pair.join('='))
    .join('; ');
  const asScript = { cookie, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };
  expect((await rawRequest(lab, '/files/a.js', asScript)).status).toBe(403);
  expect((await rawRequest(lab, '/api/contents', { cookie, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  const asLink = { cookie, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
  expect((await rawRequest(lab, '/', asLink)).status).toBe(302);
});

test('a loopback server answers to loopback names only', async () => {
  const { lab } = await openLab();
  const status = async (Host: string) => (await rawRequest(lab, '/api/contents', { ...withToken, Host })).status;
  for (const host of [
    'evil.example',
    `evil.example:${lab.port}`,
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '10.0.0.1',
  ]) {
    expect([host, await status(host)]).toEqual([host, 403]);
  }
  for (const host of ['localhost', `127.0.0.1:${lab.port}`, '[::1]:99', 'LOCALHOST']) {
    expect([host, await status(host)]).toEqual([host, 200]);
  }
});

test('WebSockets are refused without credential, from elsewhere, and to kernels that are not there', async () => {
  const { lab, ask } = await openLab();
  const { body } = await ask('POST', '/api/kernels', {});
  const cookie = Object.entries(await logIn(lab))
    .map(pair => pair.join('='))
    .join('; ');
  const address = `/api/kernels/${body.id}/channels`;
  const open = (headers: Record<string, string>, where = address) =>
    new Promise<string>(resolve => {
      const socket = new WebSocket(lab.base.replace('http', 'ws') + where, { headers });
      socket.once('open', () => {
        socket.close();
        resolve('open');
      });
      socket.once('error', error => resolve(error.message));
    });
  const refused = 'Unexpected server response: 403';
  expect(await open({})).toBe(refused);
  expect(await open({ cookie })).toBe(refused);
  expect(await open({ cookie, Origin: 'http://evil.example' })).toBe(refused);
  expect(await open({ ...withToken, Origin: 'http://evil.example' })).toBe(refused);
  expect(await open({ ...withToken, Host: 'evil.example' })).toBe(refused);
  expect(await open({ cookie, Origin: lab.base })).toBe('open');
  expect(await open({}, `${address}?token=${TOKEN}`)).toBe('open');
  expect(await open(withToken, '/api/kernels/none/channels')).toBe('Unexpected server response: 404');
  expect(await open(withToken, '/api/contents')).toBe('Unexpected server response: 404');
});

test('every answer carries the security headers', async () => {
  const { lab } = await openLab();
  for (const address of ['/lab', '/api/contents', '/nothing', '/static/lab/x.js']) {
    const { headers } = await rawRequest(lab, address);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "frame-ancestors 'self'",
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  }
  expect((await rawRequest(lab, '/api/contents', withToken)).headers['cache-control']).toBe('no-store');
});

test('bodies are bounded, wrong methods and broken addresses are answered', async () => {
  const { lab, ask } = await openLab();
  const large = await ask('POST', '/api/kernels', { name: 'x'.repeat(200_000) });
  expect([large.status, large.body.message]).toEqual([413, 'The request is larger than 100 kB.']);
  const method = await ask('DELETE', '/api/status');
  expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect(method.body.message).toBe('DELETE is not possible here, only GET, HEAD.');
  expect((await rawRequest(lab, '/api/contents/%E0%A4%A', withToken)).status).toBe(400);
  expect((await ask('GET', '/api/nothing')).body).toEqual({ message: 'Nothing is at /api/nothing.', reason: null });
});

test('a connection that sends nonsense does not stop the server', async () => {
  const { lab, ask } = await openLab();
  const socket = net.connect(lab.port, '127.0.0.1');
  socket.on('error', () => {}).resume();
  socket.end('GET /api/kernels/x/channels HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\0\0');
  await new Promise(resolve => socket.once('close', resolve));
  expect((await ask('GET', '/api/status')).status).toBe(200);
});
