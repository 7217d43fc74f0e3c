/**
 * What the kernel costs, beside what we aim for and beside other kernels, with one client over ZeroMQ for all; medians.
 * Run: npm run bench kernel [NAME…]; DENO and PYTHON name those programs where they are not on the path.
 */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './kernel/measure.ts';
import { findPeers } from './kernel/peers.ts';
import { type Measured, table } from './kernel/table.ts';

const wanted = process.argv.slice(2).map(name => name.toLowerCase());
const peers = findPeers().filter(({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()));
const directory = notebookFolder();
const measured: Measured[] = [];
try {
  for (const peer of peers) {
    if (!peer.command) {
      console.log(`${peer.name}: not installed, not measured`);
      continue;
    }
    console.log(`${peer.name} …`);
    measured.push({ peer, figures: await measure(peer, directory) });
  }
} finally {
  rmSync(directory, { recursive: true });
}
console.log(`\nNode ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores\n`);
console.log(table(measured));

/** A folder as a learner has it, with our packages at hand. */
function notebookFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'learnable-bench-'));
  const packages = fileURLToPath(new URL('../node_modules', import.meta.url));
  symlinkSync(packages, path.join(folder, 'node_modules'), 'junction');
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module","dependencies":{"@tensorflow/tfjs":"*"}}');
  return folder;
}
