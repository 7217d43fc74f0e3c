import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeList, howFound } from '../../src/cli/kernel.ts';
import { requirePart } from '../support/requires.ts';

const BIN = fileURLToPath(new URL('../../bin/learnable.mjs', import.meta.url));
const python = requirePart('jupyter');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'a home with spaces '));
});
afterEach(() => rmSync(home, { recursive: true }));

/** The environment of somebody whose home is new. */
function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(JUPYTER|XDG|VIRTUAL_ENV|CONDA)/.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'Roaming'),
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    LEARNABLE_HISTORY: 'off',
    ...more,
  };
}

function kernel(args: string[], env = environment()) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'kernel', ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

function installed(args: string[] = [], env = environment()): string {
  const { stdout, stderr } = kernel(['install', ...args], env);
  expect(stderr).toBe('');
  return /^Installed the kernel ".+" in (.+)$/m.exec(stdout)![1]!;
}

const specIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));

describe('kernel install', () => {
  it('without an option, as with --user, is for this user', () => {
    const folder = installed(['--user']);
    expect(folder.startsWith(home)).toBe(true);
    expect(specIn(folder)).toMatchObject({ display_name: 'TypeScript (learnable)', interrupt_mode: 'message' });
    expect(installed()).toBe(folder);
  });

  it('follows JUPYTER_DATA_DIR', () => {
    const env = environment({ JUPYTER_DATA_DIR: join(home, 'data of mine') });
    expect(installed(['--user'], env)).toBe(join(home, 'data of mine', 'kernels', 'tslab'));
  });

  it('takes a name, a display name and variables', () => {
    const env = ['--env', 'NODE_OPTIONS=--max-old-space-size=8192', '--env', 'EMPTY='];
    const folder = installed(['--name', 'big', '--display-name', 'TypeScript, 8 GB', ...env]);
    expect(folder).toMatch(/[\\/]big$/);
    expect(specIn(folder)).toMatchObject({
      display_name: 'TypeScript, 8 GB',
      env: { NODE_OPTIONS: '--max-old-space-size=8192', EMPTY: '' },
    });
    expect(kernel(['install', '--env', 'no assignment'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("argument 'no assignment' is invalid. Expected NAME=value."),
    });
  });

  it('says which copy of the project the kernel was of before', () => {
    const folder = installed();
    const file = join(folder, 'kernel.json');
    const other = join(home, 'other copy', 'dist', 'kernel', 'main.js');
    const { argv, ...rest } = specIn(folder);
    writeFileSync(file, JSON.stringify({ ...rest, argv: [...argv.slice(0, -3), other, ...argv.slice(-2)] }));
    expect(kernel(['install']).stdout).toContain(`\nBefore, it was the kernel of another copy: ${other}\n`);
    expect(kernel(['install']).stdout).not.toContain('Before');
  });

  it('refuses a display name that shows nothing, and a prefix that names nothing', () => {
    expect(kernel(['install', '--display-name', ' '])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Expected a name to show.'),
    });
    expect(kernel(['install', '--prefix', ''])).toMatchObject({
      status: 1,
      stderr: '✗ kernel spec: expected a folder after --prefix, received nothing\n',
    });
  });

  it('refuses two locations, and a kernel of another make', () => {
    expect(kernel(['install', '--user', '--prefix', home])).toMatchObject({
      status: 1,
      stderr: '✗ kernel spec: expected one location, received --user and --prefix\n',
    });
    const folder = join(home, 'share', 'jupyter', 'kernels', 'tslab');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kernel.json'), '{"argv":["tslab"],"display_name":"TypeScript"}');
    const refused = kernel(['install', '--prefix', home]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      "holds another kernel with the name 'tslab', stock tslab. Replace it with --force",
    );
    expect(installed(['--prefix', home, '--force'])).toBe(folder);
    expect(specIn(folder).metadata.learnable).toBe(true);
  });

  it('brings logos that are pictures of their size', () => {
    const folder = installed();
    for (const size of [32, 64]) expect(pngSize(join(folder, `logo-${size}x${size}.png`))).toEqual([size, size]);
    const svg = join(folder, 'logo-svg.svg');
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 64 64"/);
    expect(readFileSync(svg, 'utf8')).not.toMatch(/<script|href|on\w+=/i);
    if (python) execFileSync(python, ['-c', 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])', svg]);
  });
});

describe('kernel uninstall', () => {
  it('takes away what was installed at that place under that name, and nothing else', () => {
    const [mine, other] = [installed(), installed(['--name', 'other'])];
    expect(kernel(['uninstall'])).toEqual({
      status: 0,
      stdout: `Removed the kernel "tslab" from ${mine}\n`,
      stderr: '',
    });
    expect(existsSync(other)).toBe(true);
    expect(kernel(['uninstall'])).toEqual({
      status: 1,
      stdout: '',
      stderr: `✗ kernel uninstall: nothing is installed at ${mine}\n`,
    });
    expect(kernel(['uninstall', '--name', 'other']).status).toBe(0);
    expect(readdirSync(join(mine, '..'))).toEqual([]);
  });

  it('leaves a kernel of another make', () => {
    const folder = installed();
    writeFileSync(join(folder, 'kernel.json'), '{"argv":["tslab"],"display_name":"TypeScript"}');
    expect(kernel(['uninstall'])).toEqual({
      status: 1,
      stdout: '',
      stderr: `✗ kernel uninstall: ${folder} holds another kernel; it is left as it is\n`,
    });
    expect(existsSync(folder)).toBe(true);
  });
});

describe('kernel list', () => {
  it('shows where each was installed, and which one is taken', () => {
    const prefix = join(home, 'elsewhere');
    installed();
    installed(['--prefix', prefix]);
    const env = environment({ JUPYTER_PATH: [join(prefix, 'share', 'jupyter'), join(home, 'none')].join(delimiter) });
    const { stdout } = kernel(['list'], env);
    const mine = stdout.split('\n').filter(line => line.includes(home) || line.includes('✓'));
    expect(mine).toEqual([
      `${join(prefix, 'share', 'jupyter', 'kernels')}  (JUPYTER_PATH)`,
      '    ✓ used',
      `${join(home, 'none', 'kernels')}  (JUPYTER_PATH)`,
      expect.stringMatching(/ {2}\(user\)$/),
      `    hidden by ${join(prefix, 'share', 'jupyter', 'kernels', 'tslab')}`,
    ]);
  });

  it('says on Windows how that shell sets a variable, and how to mend', () => {
    const kernels = 'C:\\my tools\\share\\jupyter\\kernels';
    expect(howFound(`${kernels}\\tslab`, 'tslab', [], 'win32')).toBe(
      'Jupyter does not look there by itself. Tell it: $env:JUPYTER_PATH = "C:\\my tools\\share\\jupyter"',
    );
    const spec = { display_name: 'TypeScript (learnable)' };
    const listed = { name: 'tslab', folder: `${kernels}\\tslab`, spec, isOurs: true, fault: 'C:\\node.exe is gone' };
    expect(describeList([{ folder: kernels, origin: 'Jupyter', specs: [listed] }]).at(-1)).toBe(
      '    ✗ C:\\node.exe is gone. Mend it: learnable kernel install --prefix "C:\\my tools"',
    );
  });
});

describe.skipIf(!python)('Jupyter', () => {
  const specs = (env: NodeJS.ProcessEnv, interpreter = python!) => {
    const printed = execFileSync(interpreter, ['-m', 'jupyter_client.kernelspecapp', 'list', '--json'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(String(printed)).kernelspecs;
  };
  const runs = (code: string, name: string, env: NodeJS.ProcessEnv, interpreter = python!) =>
    execFileSync(interpreter, ['-m', 'jupyter_client.runapp', '--kernel', name], {
      env,
      input: code,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });

  it('finds and runs what was installed for the user, with its variables', () => {
    const env = environment();
    const folder = installed(['--name', 'mine', '--env', 'GREETING=hello you'], env);
    expect(specs(env).mine).toMatchObject({ resource_dir: folder, spec: { display_name: 'TypeScript (learnable)' } });
    expect(runs('console.log(process.env.GREETING)', 'mine', env)).toBe('hello you\n');
    kernel(['uninstall', '--name', 'mine'], env);
    expect(specs(env).mine).toBeUndefined();
  });

  it('finds and runs what was installed under a prefix, once it is told of it', () => {
    const prefix = join(home, 'my tools');
    const folder = installed(['--prefix', prefix]);
    expect(specs(environment()).tslab?.resource_dir).not.toBe(folder);
    const env = environment({ JUPYTER_PATH: join(prefix, 'share', 'jupyter') });
    expect(specs(env).tslab.resource_dir).toBe(folder);
    expect(runs('const six: number = 6; console.log(six * 7)', 'tslab', env)).toBe('42\n');
  });

  it.skipIf(process.platform === 'win32')('of an environment finds what was installed there with --sys-prefix', () => {
    const venv = join(home, 'venv');
    execFileSync(python!, ['-m', 'venv', '--without-pip', '--system-site-packages', venv]);
    const env = environment({ VIRTUAL_ENV: venv });
    const folder = installed(['--sys-prefix'], env);
    expect(folder).toBe(join(venv, 'share', 'jupyter', 'kernels', 'tslab'));
    const interpreter = join(venv, 'bin', 'python');
    expect(specs(environment(), interpreter).tslab.resource_dir).toBe(folder);
    expect(runs('console.log(6 * 7)', 'tslab', environment(), interpreter)).toBe('42\n');
    expect(specs(environment()).tslab?.resource_dir).not.toBe(folder);
  });
});

/** Width and height of a PNG whose picture is all there: 8 bits for each of red, green, blue and alpha. */
function pngSize(file: string): [number, number] {
  const bytes = readFileSync(file);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const data: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    const type = bytes.subarray(at + 4, at + 8).toString('latin1');
    if (type === 'IHDR') {
      [width, height] = [content.readUInt32BE(0), content.readUInt32BE(4)];
      expect([...content.subarray(8, 10)]).toEqual([8, 6]);
    }
    if (type === 'IDAT') data.push(content);
  }
  expect(inflateSync(Buffer.concat(data))).toHaveLength(height * (1 + width * 4));
  return [width, height];
}
