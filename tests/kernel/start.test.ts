import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startKernel } from '../../src/kernel/client/index.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LAUNCHER = join(ROOT, 'bin', 'kernel.mjs');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'learnable-start-')));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number | null;
  said: string;
}

/** What a kernel that cannot start says, and how it ends. */
async function ended(parameters: string[], { launcher = LAUNCHER, cwd = folder, env = {} } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [launcher, ...parameters], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}

let files = 0;

function connectionFile(content: unknown): string {
  const file = join(folder, `connection-${files++}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function freePorts(): Promise<Record<string, unknown>> {
  const names = ['shell_port', 'control_port', 'stdin_port', 'iopub_port', 'hb_port'];
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => once(server.close(), 'close')));
  return Object.fromEntries(names.map((name, i) => [name, ports[i]]));
}

/** Has Node's loader treat some imports otherwise, in every thread of the kernel. */
function hooked(code: string): Record<string, string> {
  const name = `loader-${files++}`;
  const hooks = join(folder, `${name}-hooks.mjs`);
  writeFileSync(hooks, code);
  const register = `import { register } from 'node:module'; register(${JSON.stringify(pathToFileURL(hooks).href)});`;
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, register);
  return { NODE_OPTIONS: `--disable-warning=DEP0205 --import=${pathToFileURL(file).href}` };
}

/** As if that package were not there. */
const without = (name: string) =>
  hooked(
    `export async function resolve(specifier, context, next) {
      if (specifier !== ${JSON.stringify(name)}) return next(specifier, context);
      throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: 'ERR_MODULE_NOT_FOUND' });
    }`,
  );

describe('a kernel that cannot start says why, in one message, and ends with code 1', () => {
  const expectOnly = async (running: Promise<Ended>, message: string | RegExp) => {
    const { code, said } = await running;
    if (typeof message === 'string') expect(said).toBe(`learnable kernel: ${message}\n`);
    else expect(said).toMatch(message);
    expect(code).toBe(1);
  };

  it.each([
    ['text', 'hello', 'expected an object in JSON, as Jupyter writes it, received "hello"'],
    ['nothing', ' \n', 'expected an object in JSON, as Jupyter writes it, received an empty file'],
    ['a list', [], 'expected an object in JSON, as Jupyter writes it, received "[]"'],
    ['another transport', { transport: 'pigeon' }, 'expected "tcp" or "ipc" as transport, received "pigeon"'],
    ['a key that is a number', { key: 5 }, 'expected a text as key, received 5'],
    ['no address', { ip: '' }, 'expected an address or a path as ip, received ""'],
    ['a port that is missing', {}, 'expected a port from 1 to 65535 as hb_port, received nothing'],
    ['a port that is none', { hb_port: 80_000 }, 'expected a port from 1 to 65535 as hb_port, received 80000'],
    ['a port twice', { hb_port: 45_601 }, 'expected another port than that of hb_port as shell_port, received 45601'],
  ])('a connection file with %s', async (_, content, problem) => {
    const ports = { shell_port: 45_601, control_port: 45_602, stdin_port: 45_603, iopub_port: 45_604 };
    const whole = typeof content === 'string' || Array.isArray(content) ? content : { ...ports, ...content };
    const file = connectionFile(whole);
    await expectOnly(ended(['--connection-file', file]), `connection file ${file}: ${problem}`);
  });

  it('a signature scheme that it does not know', async () => {
    const file = connectionFile({ ...(await freePorts()), signature_scheme: 'hmac-rot13' });
    await expectOnly(
      ended(['--connection-file', file]),
      "signature scheme hmac-rot13: expected hmac- and a hash that this Node has, such as hmac-sha256. Set Session.signature_scheme in Jupyter's configuration.",
    );
  });

  it('a connection file that is not there, or is none', async () => {
    const file = join(folder, 'missing.json');
    await expectOnly(
      ended(['--connection-file', file]),
      `connection file ${file}: there is no such file. Jupyter makes it and names it when it starts a kernel: jupyter console --kernel tslab`,
    );
    await expectOnly(ended(['--connection-file', folder]), /^learnable kernel: connection file .+: E[A-Z]+: .+\n$/);
  });

  it('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const file = connectionFile({ ...(await freePorts()), iopub_port: port });
    await expectOnly(
      ended(['--connection-file', file]),
      `iopub_port: cannot listen at port ${port} of 127.0.0.1: another program has it. Start the kernel again: Jupyter then takes other ports.`,
    );
    server.close();
  });

  it('an address that this machine does not have', async () => {
    const file = connectionFile({ ...(await freePorts()), ip: '192.0.2.1' }); // reserved for documentation
    await expectOnly(
      ended(['--connection-file', file]),
      /^learnable kernel: shell_port: cannot listen at port \d+ of 192\.0\.2\.1: this machine has no such address\. .+\n$/,
    );
  });

  it.skipIf(process.platform === 'win32')('a path of sockets whose folder does not exist', async () => {
    const file = connectionFile({ ...(await freePorts()), transport: 'ipc', ip: join(folder, 'no', 'folder') });
    await expectOnly(ended(['--connection-file', file]), /: its folder does not exist\. .+\n$/);
  });

  it('nobody who listens at its channel', async () => {
    await expectOnly(
      ended(['--channel', join(folder, 'nobody')]),
      /^learnable kernel: cannot reach the socket that --channel names: connect ENOENT .+\n$/,
    );
  });

  it('zeromq that does not load, which only Jupyter needs', async () => {
    const file = connectionFile(await freePorts());
    await expectOnly(
      ended(['--connection-file', file], { env: without('zeromq') }),
      `the package zeromq, with which Jupyter's clients speak, does not load on ${process.platform} ${process.arch}: ` +
        "Cannot find package 'zeromq'. Install it anew with npm ci. The lab does without it: npm start.",
    );
    const kernel = await startKernel({ cwd: folder, env: without('zeromq') });
    expect((await kernel.execute('1 + 1')).status).toBe('ok');
    await kernel.shutdown();
  });

  it('a package that is missing', async () => {
    await expectOnly(
      ended(['--channel', 'any'], { env: without('magic-string') }),
      `a part of it does not load on ${process.platform} ${process.arch}: Cannot find package 'magic-string'\nInstall its packages anew with npm ci, in ${ROOT}`,
    );
  });

  it('a build that is missing, or has a part missing', async () => {
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    for (const file of ['bin/kernel.mjs', 'scripts/setup.mjs']) cpSync(join(ROOT, file), join(copy, file));
    const launcher = join(copy, 'bin', 'kernel.mjs');
    const main = join(copy, 'dist', 'kernel', 'main.js');
    await expectOnly(
      ended([], { launcher }),
      `it is not built, ${main} is missing. Build it with npm run build, in ${copy}`,
    );
    mkdirSync(join(copy, 'dist', 'kernel'), { recursive: true });
    writeFileSync(main, 'import "./gone.js";');
    await expectOnly(
      ended([], { launcher }),
      /^learnable kernel: Cannot find .+gone\.js.+Build it anew with npm run build, in .+\n$/,
    );
  });

  it.skipIf(process.platform === 'win32')('a folder that is gone', async () => {
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const script = join(folder, 'in-gone.mjs');
    writeFileSync(
      script,
      `import { rmdirSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      process.chdir(${JSON.stringify(gone)});
      rmdirSync(${JSON.stringify(gone)});
      const { status } = spawnSync(process.execPath, [${JSON.stringify(LAUNCHER)}, '--channel', 'x'], { stdio: 'inherit' });
      process.exit(status);`,
    );
    await expectOnly(
      ended([], { launcher: script }),
      'the folder that it was started in is gone. Open the notebook again from the folder where it is now.',
    );
  });

  it('parameters that are missing', async () => {
    const usage = 'learnable kernel: expected --connection-file FILE or --channel PATH\n';
    expect(await ended([])).toEqual({ code: 2, said: usage });
    expect(await ended(['--connection-file'])).toEqual({ code: 2, said: usage });
  });
});

describe('a kernel without TypeScript runs cells, and says once that it does not check them', () => {
  const withProgram = (path: string) =>
    hooked(
      `export async function resolve(specifier, context, next) {
        if (specifier !== '#getExePath') return next(specifier, context);
        return { url: ${JSON.stringify(`data:text/javascript,export default () => ${JSON.stringify(path)}`)}, shortCircuit: true };
      }`,
    );

  const notAProgram = join(folder, 'not-a-program');
  writeFileSync(notAProgram, 'this is text', { mode: 0o755 });

  it.each([
    ['has no program for this platform', without('#getExePath'), "Cannot find package '#getExePath'"],
    ['does not load', without('typescript/unstable/sync'), "Cannot find package 'typescript/unstable/sync'"],
    [
      'is not where it should be',
      withProgram(join(folder, 'no-tsc')),
      'cannot be started: it is missing, or this user may not run it',
    ],
    [
      'is no program',
      withProgram(notAProgram),
      process.platform === 'win32' ? 'cannot be started' : 'its process ended without an answer',
    ],
  ])('because it %s', async (_, env, why) => {
    const kernel = await startKernel({ cwd: folder, env });
    const first = await kernel.execute('console.log("first"); const n: number = "text"');
    expect(first.outputs).toEqual([
      { output_type: 'stream', name: 'stderr', text: expect.stringContaining(why) },
      { output_type: 'stream', name: 'stdout', text: 'first\n' },
    ]);
    const { text } = first.outputs[0] as { text: string };
    expect(text).toMatch(
      /^The types of this cell are not checked: TypeScript does not start on \w+ \w+: .+\. Install it anew with npm ci\.\n$/,
    );
    expect((await kernel.execute('n')).outputs).toMatchObject([{ data: { 'text/plain': "'text'" } }]);
    expect((await kernel.execute('n.length')).outputs).toMatchObject([{ data: { 'text/plain': '4' } }]);
    await kernel.shutdown();
  });
});

it('a fault of the control worker ends the kernel, and the cell that runs is told', async () => {
  const file = join(folder, 'fault.mjs');
  writeFileSync(
    file,
    `import { workerData } from 'node:worker_threads';
    if (workerData?.connection) setTimeout(() => { throw new Error('a fault for this test'); }, 1500);`,
  );
  const kernel = await startKernel({ cwd: folder, env: { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` } });
  const ended = new Promise(resolve => kernel.onExit(resolve));
  const { content } = await kernel.execute('// @nocheck\nwhile (true);');
  expect(content).toMatchObject({
    ename: 'KernelError',
    evalue: 'a fault of the kernel ended it: a fault for this test',
  });
  expect(await ended).toMatchObject({ code: 1, reason: expect.stringContaining('Error: a fault for this test') });
});
