import { writeSync } from 'node:fs';

/** Tells whoever started the kernel. Not by process.stderr, which is the learner's: it would show in a cell. */
export function log(text: string): void {
  try {
    writeSync(2, `learnable kernel: ${text}\n`);
  } catch {
    // Nobody reads it.
  }
}
