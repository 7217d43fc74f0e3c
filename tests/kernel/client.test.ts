import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

describe('the client', () => {
  let kernel: KernelProcess;
  beforeAll(async () => {
    kernel = await startKernel({ cwd: import.meta.dirname });
  });
  afterAll(() => kernel?.shutdown());

  it('knows the kernel when it resolves', () => {
    expect(kernel.info).toMatchObject({ status: 'ok', language_info: { name: 'typescript', file_extension: '.ts' } });
  });

  it('gathers the outputs of a cell as a notebook stores them', async () => {
    const { status, outputs, executionCount } = await kernel.execute('console.log("one"); console.log("two"); 6 * 7');
    expect({ status, executionCount }).toEqual({ status: 'ok', executionCount: 1 });
    expect(outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'one\ntwo\n' },
      { output_type: 'execute_result', data: { 'text/plain': '42' }, metadata: {}, execution_count: 1 },
    ]);
  });

  it('refuses a folder that does not exist', async () => {
    await expect(startKernel({ cwd: '/no/such/folder' })).rejects.toThrow(
      'startKernel: expected an existing folder as cwd, received /no/such/folder',
    );
  });
});
