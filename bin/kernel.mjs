#!/usr/bin/env node
// What a kernelspec starts: the kernel, or a word on why it cannot even load.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode, root } from '../scripts/setup.mjs';

function stop(message) {
  process.stderr.write(`learnable kernel: ${message}\n`);
  process.exit(1);
}

requireNode();
const main = path.join(root, 'dist', 'kernel', 'main.js');
if (!existsSync(main)) stop(`it is not built, ${main} is missing. Build it with npm run build, in ${root}`);
try {
  await import(pathToFileURL(main).href);
} catch (error) {
  const { startProblem } = await import('../dist/kernel/start-problem.js').catch(() => ({}));
  stop(startProblem?.(error) ?? `${error.message}. Build it anew with npm run build, in ${root}`);
}
