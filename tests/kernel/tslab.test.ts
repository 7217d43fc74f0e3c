import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

/** A folder without any node_modules above it: nothing but the kernel itself knows tslab. */
const directory = mkdtempSync(join(tmpdir(), 'learnable-tslab-'));
let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await startKernel({ cwd: directory });
});
afterAll(async () => {
  await kernel.shutdown();
  rmSync(directory, { recursive: true });
});

it('a notebook for tslab runs, and its calls are checked', async () => {
  const { status, outputs } = await kernel.execute(
    "import * as tslab from 'tslab';\ntslab.display.html('<b>bold</b>');\nconst again = tslab.newDisplay();\nagain.text('one');",
  );
  expect(status).toBe('ok');
  expect(outputs).toMatchObject([{ data: { 'text/html': '<b>bold</b>' } }, { data: { 'text/plain': 'one' } }]);
  const { content } = await kernel.execute('tslab.display.html(1)');
  expect(content.evalue).toContain("Argument of type 'number' is not assignable to parameter of type 'string'");
});
