import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { requirePart } from '../support/requires.ts';
import { openLab } from './support.ts';

const encode = (apiPath: string) => apiPath.split('/').map(encodeURIComponent).join('/');
const NOTEBOOK = {
  cells: [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: '# Title\n\ntext' },
    {
      cell_type: 'code',
      id: 'b',
      metadata: { trusted: true },
      source: 'const a = 1;\na',
      execution_count: 1,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: 'one\ntwo\n' },
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'text/html': '<b>\n1</b>', 'application/json': ['x', 'y'], 'image/svg+xml': '<svg>\n</svg>' },
        },
      ],
    },
  ],
  metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript' } },
  nbformat: 4,
  nbformat_minor: 5,
};

test.each([
  'plain.txt',
  'two words.md',
  '100%.txt',
  '%41.txt',
  'a#b?c&d=e+f.txt',
  'Übung – π 😀.ts',
  "it's [a] (name);.csv",
])('a file named %s is saved, read, listed, renamed and deleted', async name => {
  const { ask, root } = await openLab();
  const content = 'ä 😀\r\nzwei\n';
  const saved = await ask('PUT', `/api/contents/${encode(name)}`, { type: 'file', format: 'text', content });
  expect(saved.status).toBe(200);
  expect(saved.body).toMatchObject({ name, path: name, type: 'file', content: null, format: null });
  expect(readFileSync(path.join(root, name), 'utf8')).toBe(content);
  const read = await ask('GET', `/api/contents/${encode(name)}`);
  expect(read.body).toMatchObject({ name, path: name, content, format: 'text', writable: true });
  const listed = await ask('GET', '/api/contents/');
  expect(listed.body.content.map((entry: { name: string }) => entry.name)).toEqual([name]);
  const raw = await ask('GET', `/files/${encode(name)}`);
  expect([raw.status, raw.body]).toEqual([200, content]);
  const renamed = await ask('PATCH', `/api/contents/${encode(name)}`, { path: `neu ${name}` });
  expect(renamed.body.path).toBe(`neu ${name}`);
  expect((await ask('DELETE', `/api/contents/${encode(`neu ${name}`)}`)).status).toBe(204);
  expect(readdirSync(root).filter(entry => !entry.startsWith('.'))).toEqual([]);
});

test('a notebook is written as nbformat writes it, read as the API has it', async () => {
  const { ask, root } = await openLab();
  await ask('PUT', '/api/contents/a.ipynb', { type: 'notebook', format: 'json', content: NOTEBOOK });
  const text = readFileSync(path.join(root, 'a.ipynb'), 'utf8');
  expect(text.startsWith('{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "id": "a",\n   "metadata": {},\n')).toBe(
    true,
  );
  expect(text).toContain('   "source": [\n    "# Title\\n",\n    "\\n",\n    "text"\n   ]\n');
  expect(text).toContain('"application/json": [\n       "x",\n       "y"\n      ]');
  expect(text.endsWith(' "nbformat": 4,\n "nbformat_minor": 5\n}\n')).toBe(true);
  expect(text).not.toContain('trusted');
  const { body } = await ask('GET', '/api/contents/a.ipynb');
  expect(body).toMatchObject({ type: 'notebook', format: 'json', mimetype: null });
  expect(body.content).toEqual(NOTEBOOK);
  await ask('PUT', '/api/contents/b.ipynb', { type: 'notebook', format: 'json', content: body.content });
  expect(readFileSync(path.join(root, 'b.ipynb'), 'utf8')).toBe(text);
});

test('outputs are trusted when they were saved here, not when the file came from elsewhere', async () => {
  const { ask, root } = await openLab();
  const trusted = async () => (await ask('GET', '/api/contents/a.ipynb')).body.content.cells[1].metadata.trusted;
  await ask('PUT', '/api/contents/a.ipynb', { type: 'notebook', content: NOTEBOOK });
  expect(await trusted()).toBe(true);
  const file = path.join(root, 'a.ipynb');
  writeFileSync(file, readFileSync(file, 'utf8').replace('one', 'three'));
  expect(await trusted()).toBe(false);
});

test.each([
  [
    '{"cells": [\n  {"a": 1,}\n]}',
    /^Unreadable Notebook: a\.ipynb: it is not JSON at line 2: .+ The file was not changed\.$/,
  ],
  ['hello', /it is not JSON at line 1/],
  ['{"cells": [\n\n', /it is not JSON at line 3: Unexpected end of JSON input/],
  ['{\n<<<<<<< HEAD\n "cells": []\n=======\n', /line 2 is a conflict marker of git\. Resolve the merge/],
  ['[]', /the whole is not a JSON object/],
  ['{"nbformat": 3, "worksheets": []}', /its "nbformat" is 3, only 4 can be opened here/],
  ['{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "cod"}]}', /cell 1 has the cell_type "cod"/],
])('a notebook that is not one is refused with the reason and left alone: %j', async (text, message) => {
  const { ask, root } = await openLab();
  writeFileSync(path.join(root, 'a.ipynb'), text);
  const answer = await ask('GET', '/api/contents/a.ipynb');
  expect(answer.status).toBe(400);
  expect(answer.body.message).toMatch(message);
  expect(readFileSync(path.join(root, 'a.ipynb'), 'utf8')).toBe(text);
  expect((await ask('GET', '/api/contents/a.ipynb?type=file&format=text')).body.content).toBe(text);
});

test.each([
  [null, 'the whole is not a JSON object.'],
  [{ ...NOTEBOOK, cells: 'x' }, 'it has no array "cells".'],
  [{ ...NOTEBOOK, cells: [{ cell_type: 'code', metadata: {}, source: 5 }] }, 'cell 1 has a "source" that is not text.'],
  [{ ...NOTEBOOK, cells: [{ cell_type: 'code', metadata: {}, source: '' }] }, 'cell 1 has no array "outputs".'],
])('a broken notebook model is not saved', async (content, problem) => {
  const { ask, root } = await openLab();
  await ask('PUT', '/api/contents/a.ipynb', { type: 'notebook', content: NOTEBOOK });
  const before = readFileSync(path.join(root, 'a.ipynb'), 'utf8');
  const answer = await ask('PUT', '/api/contents/a.ipynb', { type: 'notebook', content });
  expect(answer.status).toBe(400);
  expect(answer.body.message).toBe(`This is not a notebook, so it was not saved: ${problem}`);
  expect(readFileSync(path.join(root, 'a.ipynb'), 'utf8')).toBe(before);
});

test('an empty file opens as an empty notebook', async () => {
  const { ask, root } = await openLab();
  writeFileSync(path.join(root, 'a.ipynb'), '');
  expect((await ask('GET', '/api/contents/a.ipynb')).body.content).toMatchObject({ cells: [], nbformat: 4 });
});

test('binary content travels as base64; a wrong format is refused', async () => {
  const { ask, root } = await openLab();
  const bytes = Buffer.from([0, 255, 254, 1]);
  const content = bytes.toString('base64');
  await ask('PUT', '/api/contents/a.png', { type: 'file', format: 'base64', content });
  expect(readFileSync(path.join(root, 'a.png')).equals(bytes)).toBe(true);
  expect((await ask('GET', '/api/contents/a.png')).body).toMatchObject({
    format: 'base64',
    content,
    mimetype: 'image/png',
  });
  const asText = await ask('GET', '/api/contents/a.png?format=text');
  expect([asText.status, asText.body.reason]).toEqual([400, 'bad format']);
  const bad = await ask('PUT', '/api/contents/a.png', { type: 'file', format: 'base64', content: '???' });
  expect(bad.body.message).toBe('The content is not valid base64.');
  expect(readFileSync(path.join(root, 'a.png')).equals(bytes)).toBe(true);
});

test('a change on disk shows in hash and time, so that the page can ask before it overwrites', async () => {
  const { ask, root } = await openLab();
  const saved = await ask('PUT', '/api/contents/a.txt', { type: 'file', format: 'text', content: 'mine' });
  const unchanged = await ask('GET', '/api/contents/a.txt?content=0&hash=1');
  expect(unchanged.body.hash).toBe(saved.body.hash);
  expect(unchanged.body.last_modified).toBe(saved.body.last_modified);
  writeFileSync(path.join(root, 'a.txt'), 'theirs');
  const changed = await ask('GET', '/api/contents/a.txt?content=0&hash=1');
  expect(changed.body.hash).not.toBe(saved.body.hash);
  expect(changed.body).toMatchObject({ hash_algorithm: 'sha256', content: null });
});

test('untitled files, notebooks and folders get the next free name', async () => {
  const { ask, root } = await openLab();
  const create = async (body: object) => (await ask('POST', '/api/contents/', body)).body.path;
  expect(await create({ type: 'notebook' })).toBe('Untitled.ipynb');
  expect(await create({ type: 'notebook' })).toBe('Untitled1.ipynb');
  expect(await create({ type: 'file', ext: '.ts' })).toBe('untitled.ts');
  expect(await create({ type: 'directory' })).toBe('Untitled Folder');
  expect(await create({ type: 'directory' })).toBe('Untitled Folder 1');
  const notebook = JSON.parse(readFileSync(path.join(root, 'Untitled.ipynb'), 'utf8'));
  expect(notebook).toEqual({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  const bad = await ask('POST', '/api/contents/', { type: 'file', ext: '/../x' });
  expect([bad.status, bad.body.message]).toEqual([400, '"/../x" is not a file extension.']);
});

test('copies are named as Jupyter names them', async () => {
  const { ask, root } = await openLab();
  mkdirSync(path.join(root, 'sub'));
  writeFileSync(path.join(root, 'a.txt'), 'x');
  const copy = async (directory: string, from: string) =>
    (await ask('POST', `/api/contents/${directory}`, { copy_from: from })).body;
  expect((await copy('', 'a.txt')).path).toBe('a-Copy1.txt');
  expect((await copy('', 'a.txt')).path).toBe('a-Copy2.txt');
  expect((await copy('', 'a-Copy1.txt')).path).toBe('a-Copy3.txt');
  expect((await copy('sub', 'a.txt')).path).toBe('sub/a.txt');
  expect((await copy('', 'sub')).path).toBe('sub-Copy1');
  expect(readFileSync(path.join(root, 'sub-Copy1', 'a.txt'), 'utf8')).toBe('x');
  expect((await copy('sub', 'sub')).message).toBe('sub cannot be copied into itself.');
});

test('a rename never replaces a file; a folder with files in it is not deleted', async () => {
  const { ask, root } = await openLab();
  mkdirSync(path.join(root, 'sub'));
  writeFileSync(path.join(root, 'a.txt'), 'a');
  writeFileSync(path.join(root, 'sub', 'b.txt'), 'b');
  const taken = await ask('PATCH', '/api/contents/a.txt', { path: 'sub/b.txt' });
  expect([taken.status, taken.body.message]).toEqual([409, 'File already exists: sub/b.txt']);
  const full = await ask('DELETE', '/api/contents/sub');
  expect([full.status, full.body.message]).toEqual([
    400,
    'The folder sub is not empty: delete or move what is in it first.',
  ]);
  expect(readFileSync(path.join(root, 'sub', 'b.txt'), 'utf8')).toBe('b');
  await ask('DELETE', '/api/contents/sub/b.txt');
  expect((await ask('DELETE', '/api/contents/sub')).status).toBe(204);
  expect((await ask('DELETE', '/api/contents/')).body.message).toBe('The root folder cannot be deleted.');
  expect((await ask('DELETE', '/api/contents/none.txt')).status).toBe(404);
});

test('a checkpoint is made, survives a restart of the server, is restored, moves and goes with its file', async () => {
  const { ask, root, lab } = await openLab();
  const save = (content: string) => ask('PUT', '/api/contents/a.txt', { type: 'file', format: 'text', content });
  await save('old');
  const made = await ask('POST', '/api/contents/a.txt/checkpoints');
  expect([made.status, made.body.id]).toEqual([201, 'checkpoint']);
  await save('new');
  await lab.close();
  const again = await openLab({ root });
  expect((await again.ask('GET', '/api/contents/a.txt/checkpoints')).body).toEqual([made.body]);
  expect((await again.ask('POST', '/api/contents/a.txt/checkpoints/checkpoint')).status).toBe(204);
  expect(readFileSync(path.join(root, 'a.txt'), 'utf8')).toBe('old');
  await again.ask('PATCH', '/api/contents/a.txt', { path: 'b.txt' });
  expect((await again.ask('GET', '/api/contents/b.txt/checkpoints')).body).toHaveLength(1);
  expect((await again.ask('POST', '/api/contents/b.txt/checkpoints/none')).status).toBe(404);
  await again.ask('DELETE', '/api/contents/b.txt');
  expect(existsSync(path.join(root, '.ipynb_checkpoints'))).toBe(false);
});

test('an upload in chunks appears only when it is complete', async () => {
  const { ask, root } = await openLab();
  writeFileSync(path.join(root, 'big.bin'), 'before');
  const bytes = Buffer.alloc(300_000, 'learnable');
  const send = (chunk: number, part: Buffer) =>
    ask('PUT', '/api/contents/big.bin', { type: 'file', format: 'base64', content: part.toString('base64'), chunk });
  expect((await send(2, bytes)).body.message).toBe('The upload of big.bin has no beginning: start it again.');
  expect((await send(1, bytes.subarray(0, 100_000))).body).toMatchObject({ size: 100_000, chunk: 1 });
  await send(2, bytes.subarray(100_000, 200_000));
  expect(readFileSync(path.join(root, 'big.bin'), 'utf8')).toBe('before');
  expect((await send(-1, bytes.subarray(200_000))).body.size).toBe(300_000);
  expect(readFileSync(path.join(root, 'big.bin')).equals(bytes)).toBe(true);
});

test('saves of one file at the same time leave one of them whole and no temporary file', async () => {
  const { ask, root } = await openLab();
  const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(200_000));
  await Promise.all(
    contents.map(content => ask('PUT', '/api/contents/a.txt', { type: 'file', format: 'text', content })),
  );
  expect(contents).toContain(readFileSync(path.join(root, 'a.txt'), 'utf8'));
  expect(readdirSync(root).sort()).toEqual(['.learnable', 'a.txt']);
});

test.skipIf(process.platform === 'win32')(
  'permissions stay, a link stays a link, a write-protected file is refused',
  async () => {
    const { ask, root } = await openLab();
    const save = (name: string) =>
      ask('PUT', `/api/contents/${name}`, { type: 'file', format: 'text', content: 'new' });
    writeFileSync(path.join(root, 'a.sh'), 'old');
    chmodSync(path.join(root, 'a.sh'), 0o750);
    symlinkSync('a.sh', path.join(root, 'link.sh'));
    await save('link.sh');
    expect(lstatSync(path.join(root, 'link.sh')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path.join(root, 'a.sh'), 'utf8')).toBe('new');
    expect(statSync(path.join(root, 'a.sh')).mode & 0o777).toBe(0o750);
    if (process.getuid?.() === 0) return; // the superuser may write everything
    writeFileSync(path.join(root, 'ro.txt'), 'old', { mode: 0o444 });
    const refused = await save('ro.txt');
    expect([refused.status, refused.body.message]).toEqual([403, 'Permission denied: ro.txt is write-protected.']);
  },
);

test('what is missing or of another kind is answered as Jupyter does', async () => {
  const { ask, root } = await openLab();
  mkdirSync(path.join(root, 'sub'));
  writeFileSync(path.join(root, 'a.txt'), '');
  expect((await ask('GET', '/api/contents/none/x.txt')).body.message).toBe('No such file or directory: none/x.txt');
  expect((await ask('GET', '/api/contents/a.txt?type=directory')).body.reason).toBe('bad type');
  expect((await ask('GET', '/api/contents/sub?type=file')).body.reason).toBe('bad type');
  expect((await ask('PUT', '/api/contents/sub', { type: 'file', format: 'text', content: '' })).status).toBe(400);
  expect((await ask('PUT', '/api/contents/no/where.txt', { type: 'file', content: '' })).status).toBe(404);
  expect((await ask('PUT', '/api/contents/a.txt', { type: 'socket', content: '' })).status).toBe(400);
  expect((await ask('PUT', '/api/contents/a.txt', '{"type": "file", ')).body.message).toMatch(
    /^The request is not valid JSON: /,
  );
  expect((await ask('PUT', '/api/contents/a.txt', '"text"')).body.message).toBe('The request must be a JSON object.');
  expect((await ask('PUT', '/api/contents/sub', { type: 'directory' })).status).toBe(200);
  expect((await ask('POST', '/api/contents/none', { type: 'file' })).body.message).toBe('No such directory: none');
});

test('folders of packages, caches and hidden files are not listed', async () => {
  const { ask, root } = await openLab();
  for (const name of ['node_modules', '.git', '__pycache__', 'kept']) mkdirSync(path.join(root, name));
  for (const name of ['a.txt', 'a.txt~', '.env']) writeFileSync(path.join(root, name), '');
  const { body } = await ask('GET', '/api/contents');
  expect(body.content.map((entry: { name: string }) => entry.name).sort()).toEqual(['a.txt', 'kept']);
});

test('pages among the files are shown in a sandbox, downloads carry their name', async () => {
  const { ask, root } = await openLab();
  writeFileSync(path.join(root, 'a ü.html'), '<script>1</script>');
  const shown = await ask('GET', `/files/${encode('a ü.html')}`);
  expect(shown.headers.get('content-security-policy')).toBe("frame-ancestors 'self'; sandbox allow-scripts");
  expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const download = await ask('GET', `/files/${encode('a ü.html')}?download=1`);
  expect(download.headers.get('content-disposition')).toBe(
    `attachment; filename="a ?.html"; filename*=UTF-8''a%20%C3%BC.html`,
  );
  const part = await ask('GET', `/files/${encode('a ü.html')}`, undefined, { Range: 'bytes=0-7' });
  expect([part.status, part.body]).toEqual([206, '<script>']);
});

test('a folder named checkpoints is a folder like any other', async () => {
  const { ask, root } = await openLab();
  mkdirSync(path.join(root, 'models', 'checkpoints', 'run'), { recursive: true });
  writeFileSync(path.join(root, 'models', 'checkpoints', 'a.txt'), 'a');
  const folder = await ask('GET', '/api/contents/models/checkpoints');
  expect(folder.body.content.map((entry: { name: string }) => entry.name).sort()).toEqual(['a.txt', 'run']);
  expect((await ask('GET', '/api/contents/models/checkpoints/a.txt')).body.content).toBe('a');
  expect((await ask('GET', '/api/contents/models/checkpoints/run')).body.type).toBe('directory');
  expect((await ask('POST', '/api/contents/models/checkpoints', { type: 'notebook' })).body.path).toBe(
    'models/checkpoints/Untitled.ipynb',
  );
  expect((await ask('POST', '/api/contents/models/checkpoints/a.txt/checkpoints')).status).toBe(201);
  expect((await ask('GET', '/api/contents/models/checkpoints/a.txt/checkpoints')).body).toHaveLength(1);
  expect((await ask('POST', '/api/contents/models/checkpoints/a.txt/checkpoints/checkpoint')).status).toBe(204);
});

const python = requirePart('nbconvert');

test.skipIf(python === undefined)("the bytes on disk are those that Python's nbformat writes", async () => {
  const { ask, root } = await openLab();
  const tricky = structuredClone(NOTEBOOK) as typeof NOTEBOOK & { metadata: Record<string, unknown> };
  Object.assign(tricky.metadata, {
    z: {},
    a: [],
    10: 1,
    9: 'ü 😀 \u2028 \u007f " \\ \t',
    __proto: null,
    nested: { b: [[], {}] },
  });
  tricky.cells.push({ cell_type: 'raw', id: 'c', metadata: {}, source: '' });
  tricky.cells.push({ cell_type: 'markdown', id: 'd', metadata: {}, source: 'one\r\ntwo\n\n' });
  await ask('PUT', '/api/contents/a.ipynb', { type: 'notebook', content: tricky });
  const script = 'import nbformat, sys; nbformat.write(nbformat.read(sys.argv[1], 4), sys.argv[2])';
  execFileSync(python!, ['-c', script, path.join(root, 'a.ipynb'), path.join(root, 'b.ipynb')]);
  expect(readFileSync(path.join(root, 'b.ipynb'), 'utf8')).toBe(readFileSync(path.join(root, 'a.ipynb'), 'utf8'));
});
