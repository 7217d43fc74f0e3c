import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEvaluator } from '../../../src/kernel/evaluate/index.ts';
import { transformCell } from '../../../src/kernel/transform/index.ts';

export const directory = mkdtempSync(join(tmpdir(), 'learnable-cells-'));
export const evaluator = createEvaluator({
  directory,
  virtualModules: { tslab: { display: { html: () => 'shown' } } },
});
let count = 0;

/** Runs a cell as the kernel does and gives its value. */
export async function run(source: string): Promise<unknown> {
  return (await evaluator.run(transformCell(source), { filename: `cell ${++count}` })).value;
}

/** What a cell throws. */
export async function fails(source: string): Promise<Error> {
  try {
    await run(source);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`Expected an error from ${source}`);
}

export function write(name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}
