import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { requirePart } from '../support/requires.ts';
import { gone } from './support/process.ts';
import { jupyterEnvironment, runSuite, script } from './support/suite.ts';

const run = promisify(execFile);
const python = requirePart('jupyter');
const conformance = requirePart('jupyter-kernel-test');

describe.skipIf(!python)('over ZeroMQ, with jupyter_client', () => {
  const env = jupyterEnvironment();

  it.skipIf(!conformance)("passes Jupyter's conformance suite, with nothing skipped", () =>
    runSuite(conformance!, 'conformance.py', env),
  );

  it.each([
    'test_execution.py',
    'test_stdin.py',
    'test_comms.py',
    'test_knowledge.py',
    'test_interrupts.py',
    'test_wire.py',
    'test_clients.py',
    'test_life.py',
    'test_shutdown.py',
    'test_editor.py',
  ])('passes %s', suite => runSuite(python!, suite, env), 120_000);

  it('is gone when its client is killed', async () => {
    const { stdout } = await run(python!, [script('orphan.py')], { env }).catch((killed: { stdout: string }) => killed);
    expect(Number(stdout)).toBeGreaterThan(1);
    expect(await gone(Number(stdout), 10_000)).toBe(true);
  });
});
