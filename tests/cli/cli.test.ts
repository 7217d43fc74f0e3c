import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = path.join(root, 'bin', 'learnable.mjs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'learnable-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function learnable(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  return { status, stdout, stderr, all: stdout + stderr };
}

function notebook(name: string, ...sources: string[]): string {
  const file = path.join(folder, name);
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    id: `cell-${i}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return file;
}

test('the help shows every command; an unknown one is wrong use', () => {
  const { stdout, status } = learnable('--help');
  expect(status).toBe(0);
  for (const command of ['lab', 'kernel', 'run', 'check', 'hint', 'solution', 'verify', 'course']) {
    expect(stdout).toContain(`  ${command} `);
  }
  expect(learnable('frobnicate')).toMatchObject({ status: 2, stderr: expect.stringContaining("'frobnicate'") });
});

describe('run', () => {
  test('prints what the cells print, and the time', () => {
    const { status, stdout } = learnable(
      'run',
      notebook('good.ipynb', 'const a: number = 20;\nconsole.log(a + 1)', 'a * 2'),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/\[1\/2\] const a: number = 20;\n {6}21\n/);
    expect(stdout).toMatch(/\[2\/2\] a \* 2\n {6}40\n/);
    expect(stdout).toMatch(/✓ 2 cells in \d+\.\d s/);
  });

  test('stops at the first cell that fails, with its traceback', () => {
    const file = notebook('bad.ipynb', '1', '2;\nthrow new RangeError("too far");', 'console.log("never");');
    const { status, stdout } = learnable('run', file);
    expect(status).toBe(1);
    expect(stdout).toContain('cell 2 of 3 failed: RangeError: too far');
    expect(stdout).toMatch(/^> 2 │ throw new RangeError\("too far"\);$/m);
    expect(stdout).not.toContain('never');
  });

  test('a type error fails the cell before it runs', () => {
    const { status, stdout } = learnable(
      'run',
      notebook('types.ipynb', 'console.log("ran");\nconst n: number = "one";'),
    );
    expect(status).toBe(1);
    expect(stdout).toContain("Type 'string' is not assignable to type 'number'");
    expect(stdout).not.toMatch(/^ {6}ran$/m);
  });

  test('a cell over its time is stopped', () => {
    const { status, stdout } = learnable('run', '--timeout', '1', notebook('slow.ipynb', 'while (true) {}'));
    expect(status).toBe(1);
    expect(stdout).toMatch(/Timeout: cell 1 ran for 1\.\d s and was stopped at its limit/);
  });

  test('what is no notebook is told, and stays as it is', () => {
    const file = path.join(folder, 'broken.ipynb');
    writeFileSync(file, '{"cells": [');
    const { status, stderr } = learnable('run', file);
    expect(status).toBe(1);
    expect(stderr).toContain('broken.ipynb is not a notebook: it is not JSON');
    expect(readFileSync(file, 'utf8')).toBe('{"cells": [');
    expect(learnable('run', 'nowhere.ipynb').stderr).toContain('There is no notebook nowhere.ipynb');
  });
});

describe('exercises', () => {
  test('the stub is not attempted yet; the solution passes', () => {
    const stub = learnable('check', '01-training/gradient-step');
    expect(stub.status).toBe(1);
    expect(stub.stdout).toContain('not attempted yet');
    expect(stub.stdout).toContain('npx learnable hint 01-training/gradient-step');
    const file = path.join('solutions', '01-training', 'gradient-step.ts');
    expect(learnable('check', '01-training/gradient-step', '--file', file)).toMatchObject({ status: 0 });
  });

  test('an unknown name gets the nearest ones', () => {
    const { status, stderr } = learnable('check', '01-training/gradiant-step');
    expect(status).toBe(1);
    expect(stderr).toContain("There is no exercise '01-training/gradiant-step'");
    expect(stderr).toContain("Did you mean '01-training/gradient-step'?");
  });

  test('hints and the solution, in the terminal', () => {
    expect(learnable('hint', '01-training/predict', '2').stdout).toContain('Hint 2 of 3');
    expect(learnable('hint', '01-training/predict', '9').stderr).toContain('expected a hint from 1 to 3, received 9');
    expect(learnable('solution', '01-training/predict').stdout).toContain('function predict');
  });
});

test('the kernelspec is installed, found and removed under a prefix; a stranger is not replaced', () => {
  const prefix = path.join(folder, 'prefix');
  const spec = path.join(prefix, 'share', 'jupyter', 'kernels', 'tslab');
  expect(learnable('kernel', 'install', '--prefix', prefix).stdout).toContain(spec);
  expect(learnable('kernel', 'install', '--prefix', prefix, '--name', 'two', '--env', 'A=b=c').status).toBe(0);
  expect(learnable('kernel', 'install', '--prefix', prefix, '--env', 'A')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Expected NAME=value.'),
  });
  process.env.JUPYTER_PATH = path.join(prefix, 'share', 'jupyter');
  const { stdout } = learnable('kernel', 'list');
  delete process.env.JUPYTER_PATH;
  expect(stdout).toMatch(/\(JUPYTER_PATH\)\n {2}tslab: TypeScript \(learnable\)\n {4}✓ used\n {2}two: /);
  expect(JSON.parse(readFileSync(path.join(spec, '..', 'two', 'kernel.json'), 'utf8')).env).toEqual({ A: 'b=c' });
  expect(learnable('kernel', 'uninstall', '--prefix', prefix).status).toBe(0);
  expect(existsSync(spec)).toBe(false);

  mkdirSync(spec, { recursive: true });
  writeFileSync(path.join(spec, 'kernel.json'), '{"argv": ["tslab"]}');
  const refused = learnable('kernel', 'install', '--prefix', prefix);
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('--force') });
  expect(readFileSync(path.join(spec, 'kernel.json'), 'utf8')).toBe('{"argv": ["tslab"]}');
});

describe('lab', () => {
  test('wrong options are wrong use; a folder that is not there is told', () => {
    expect(learnable('lab', '--port', '99999')).toMatchObject({ status: 2 });
    expect(learnable('lab', '--root', path.join(folder, 'nowhere')).stderr).toContain('nowhere is not one');
  });

  test('a busy port moves on, says so, and Ctrl-C ends the lab', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => busy.once('listening', resolve));
    const { port } = busy.address() as { port: number };
    const lab = spawn(process.execPath, [bin, 'lab', '--no-browser', '--port', String(port), '--root', folder], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      lab.stdout.on('data', chunk => {
        printed += chunk;
        if (/token=\w+\n/.test(printed)) resolve();
      });
      lab.once('exit', code => reject(new Error(`ended with ${code}`)));
    });
    expect(printed).toContain(`port ${port} is busy`);
    const address = new URL(/http:\S+/.exec(printed)![0]);
    expect(Number(address.port)).not.toBe(port);
    expect(
      (
        await fetch(new URL('/api/status', address), {
          headers: { Authorization: `token ${address.searchParams.get('token')}` },
        })
      ).status,
    ).toBe(200);
    const ended = new Promise(resolve => lab.once('exit', resolve));
    lab.kill('SIGINT');
    if (process.platform !== 'win32') expect(await ended).toBe(0); // Windows has no SIGINT between processes
    busy.close();
  });
});
