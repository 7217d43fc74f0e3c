import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installKernelSpec } from '../../src/kernel/spec/index.ts';
import { requirePart } from '../support/requires.ts';
import { gone } from './support/process.ts';

const run = promisify(execFile);
const python = requirePart('jupyter');
const SUITES = [
  'test_execution.py',
  'test_stdin.py',
  'test_comms.py',
  'test_knowledge.py',
  'test_interrupts.py',
  'test_wire.py',
  'test_clients.py',
  'test_life.py',
];
const script = (name: string) => join(import.meta.dirname, 'jupyter', name);

describe.skipIf(!python)('over ZeroMQ, with clients of Jupyter', () => {
  const prefix = mkdtempSync(join(tmpdir(), 'learnable-spec-'));
  const options = { env: { ...process.env, JUPYTER_PATH: join(prefix, 'share', 'jupyter') } };
  beforeAll(() => {
    installKernelSpec({ prefix });
  });
  afterAll(() => rmSync(prefix, { recursive: true }));

  it('keeps the order, survives bad messages, beats, stops, asks and ends', async () => {
    const { stdout } = await run(python!, ['-B', script('session.py')], options);
    expect(JSON.parse(stdout)).toEqual({
      order: ['status', 'execute_input', 'stream', 'execute_result', 'status'],
      'after malformed': ['status', 'execute_input', 'execute_result', 'status'],
      'heartbeat while a cell spins': 'ping',
      interrupted: 'Interrupted',
      input: ['name?', "'Ada'"],
      exit: 0,
    });
  });

  // A test that is skipped would show in the last line.
  it("passes Jupyter's conformance suite, with nothing skipped", async () => {
    const { stderr } = await run(python!, ['-B', script('conformance.py')], options);
    expect(stderr).toMatch(/\nRan [1-9]\d* tests in .*\n\nOK\n$/);
  });

  it.each(SUITES)('passes %s, with nothing skipped', async suite => {
    const { stderr } = await run(python!, ['-B', script(suite)], options);
    expect(stderr).toMatch(/\nRan [1-9]\d* tests in .*\n\nOK\n$/);
  });

  it('runs a notebook with nbconvert', async () => {
    const cell = {
      cell_type: 'code',
      id: 'a',
      metadata: {},
      execution_count: null,
      outputs: [],
      source: 'console.log(6 * 7)',
    };
    const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
    const file = join(prefix, 'tiny.ipynb');
    writeFileSync(file, JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
    const command = ['-m', 'nbconvert', '--execute', '--to', 'notebook', '--stdout', file];
    const { stdout } = await run(python!, command, options);
    expect(JSON.parse(stdout).cells[0].outputs).toEqual([{ name: 'stdout', output_type: 'stream', text: ['42\n'] }]);
  });

  it('is gone when its client is killed', async () => {
    const { stdout } = await run(python!, ['-B', script('orphan.py')], options).catch(
      (killed: { stdout: string }) => killed,
    );
    expect(Number(stdout)).toBeGreaterThan(1);
    expect(await gone(Number(stdout), 10_000)).toBe(true);
  });
});
