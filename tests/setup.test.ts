import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const setup = fileURLToPath(new URL('../scripts/setup.mjs', import.meta.url));

/** A project with one dependency that is not installed. */
let project: string;
beforeEach(() => {
  project = mkdtempSync(path.join(os.tmpdir(), 'learnable-setup-'));
  mkdirSync(path.join(project, 'scripts'));
  copyFileSync(setup, path.join(project, 'scripts', 'setup.mjs'));
  writeFileSync(
    path.join(project, 'package.json'),
    JSON.stringify({ name: 'p', version: '1.0.0', dependencies: { left: '1.0.0' } }),
  );
  writeFileSync(
    path.join(project, 'package-lock.json'),
    JSON.stringify({
      name: 'p',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'p', version: '1.0.0', dependencies: { left: '1.0.0' } },
        'node_modules/left': { version: '1.0.0' },
        'node_modules/tool': { version: '1.0.0', dev: true },
        'node_modules/native': { version: '1.0.0', optional: true },
      },
    }),
  );
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function run(code: string, env: Record<string, string> = {}) {
  const script = `import * as setup from './scripts/setup.mjs';\n${code}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: '', ...env },
  });
}

function installed(packages: Record<string, { version: string }>) {
  mkdirSync(path.join(project, 'node_modules'), { recursive: true });
  writeFileSync(path.join(project, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

describe('the version of Node', () => {
  test.each(['18.20.4', '20.18.1', '16.0.0'])('%s is too old, and is told so', version => {
    const { status, stderr } = run(`setup.requireNode('${version}')`);
    expect(status).toBe(1);
    expect(stderr).toContain(`learnable needs Node 20.19 or newer; this is Node ${version}`);
  });

  test.each(['20.19.0', '20.20.2', '22.0.0', '26.9.0'])('%s will do', version => {
    expect(run(`setup.requireNode('${version}')`).status).toBe(0);
  });
});

describe('what is missing', () => {
  const missing = (dev: boolean) => run(`console.log(setup.missingPackages({ dev: ${dev} }).join())`).stdout.trim();

  test('everything, where nothing was ever installed', () => {
    expect(missing(false)).toContain('node_modules/left');
  });

  test('nothing, where the versions are those of the lock file; optional parts do not count', () => {
    installed({ 'node_modules/left': { version: '1.0.0' } });
    expect(missing(false)).toBe('');
    expect(missing(true)).toBe('node_modules/tool');
  });

  test('a package of another version', () => {
    installed({ 'node_modules/left': { version: '0.9.0' } });
    expect(missing(false)).toBe('node_modules/left');
  });
});

test('without a network: one clear message, and what is installed stays', () => {
  installed({ 'node_modules/left': { version: '0.9.0' } });
  writeFileSync(path.join(project, 'node_modules', 'mine.txt'), 'kept');
  const { status, stderr } = run('setup.ensureInstalled()', {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_fetch_retries: '0',
    npm_config_cache: path.join(project, 'empty-cache'),
  });
  expect(status).toBe(1);
  expect(stderr).toContain('The packages could not be installed');
  expect(stderr).toContain('npm ping');
  expect(existsSync(path.join(project, 'node_modules', 'mine.txt'))).toBe(true);
});
