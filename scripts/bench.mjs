// `npm run bench NAME`: measures with bench/NAME.ts on the built project. What it compares with must be installed.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root } from './setup.mjs';

requireNode();
ensureInstalled({ dev: true });
ensureBuilt();

const [name, ...rest] = process.argv.slice(2);
const file = path.join(root, 'bench', `${name}.ts`);
if (!name || !existsSync(file)) {
  const files = readdirSync(path.join(root, 'bench')).filter(entry => entry.endsWith('.ts'));
  const names = files.map(entry => entry.replace(/\.ts$/, ''));
  console.error(`npm run bench NAME: expected one of ${names.join(', ')}; received ${name ?? 'nothing'}.`);
  process.exit(2);
}
process.argv = [process.execPath, file, ...rest];
const { runnerImport } = await import('vite');
await runnerImport(file);
process.exit();
