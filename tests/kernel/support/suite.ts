import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect } from 'vitest';
import { installKernelSpec } from '../../../src/kernel/spec/index.ts';

const run = promisify(execFile);

export const script = (name: string) => join(import.meta.dirname, '..', 'jupyter', name);

/** Installs the kernelspec for the tests of one file; returns an environment in which Jupyter finds it. */
export function jupyterEnvironment(): NodeJS.ProcessEnv {
  const prefix = mkdtempSync(join(tmpdir(), 'learnable-spec-'));
  installKernelSpec({ prefix });
  afterAll(() => rmSync(prefix, { recursive: true }));
  return { ...process.env, JUPYTER_PATH: join(prefix, 'share', 'jupyter'), LEARNABLE_HISTORY: 'off' };
}

/** Runs a suite of `unittest`. Fails for a test that fails, and for one that is skipped, which the last line would tell. */
export async function runSuite(python: string, name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { stderr } = await run(python, ['-B', script(name)], { env });
  expect(stderr).toMatch(/\nRan [1-9]\d* tests? in .*\n\nOK\n$/);
}
