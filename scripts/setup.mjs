// What a fresh machine needs before anything of ours can run. Plain JavaScript without dependencies, in a syntax that
// an old Node can still parse, so that it can say that it is too old.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 19];

const at = (...parts) => path.join(root, ...parts);

function stop(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  stop(
    `learnable needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${version} (${process.execPath}).\n` +
      'Install a current version from https://nodejs.org and run the same command again.',
  );
}

/** What is missing or of another version in node_modules, by the lock file; empty when all is there. */
export function missingPackages({ dev }) {
  const locked = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const hidden = at('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return Object.keys(locked).filter(name => name.startsWith('node_modules/'));
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(locked)
    .filter(([name, entry]) => name.startsWith('node_modules/') && !entry.optional && !entry.devOptional)
    .filter(([, entry]) => dev || !entry.dev)
    .filter(([name, entry]) => installed[name]?.version !== entry.version)
    .map(([name]) => name);
}

function npm(args) {
  // `npm start` names its own npm, which also works where npm is a script that only a shell can start (Windows).
  const own = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  if (own && /npm-cli\.[cm]?js$/.test(own)) return spawnSync(process.execPath, [own, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Installs what the lock file asks for and node_modules lacks. With `dev`, the tools that build and test too. */
export function ensureInstalled({ dev = false } = {}) {
  if (missingPackages({ dev }).length === 0) return;
  const fresh = !existsSync(at('node_modules', '.package-lock.json'));
  process.stdout.write(`Installing the packages that learnable needs (${fresh ? 'once, ' : ''}under a minute) …\n`);
  // `npm ci` empties node_modules first: only where there is nothing to lose if the network fails.
  const how = fresh ? ['ci'] : ['install', '--no-save', '--package-lock=true'];
  const keepDev = dev || existsSync(at('node_modules', 'vitest'));
  const result = npm([...how, ...(keepDev ? [] : ['--omit=dev']), '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.status === 0 && missingPackages({ dev }).length === 0) return;
  stop(
    'The packages could not be installed; what npm said stands above.\n' +
      'Most often there is no network, or a proxy is in the way: check with `npm ping`, then run the same command again.\n' +
      'Nothing of yours was changed.',
  );
}

function newestChange(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestChange(file) : statSync(file).mtimeMs);
  }
  return newest;
}

/** Compiles src/ to dist/ when a source is newer than the last build. */
export function ensureBuilt() {
  const marker = at('dist', '.built');
  const sources = Math.max(
    newestChange(at('src')),
    ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map(file => statSync(at(file)).mtimeMs),
  );
  if (existsSync(marker) && statSync(marker).mtimeMs >= sources) return;
  const startedAt = new Date();
  const compiler = at('node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [compiler, '-p', at('tsconfig.build.json')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) stop('learnable could not be compiled; what the compiler said stands above.');
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(marker, '');
  utimesSync(marker, startedAt, startedAt); // what is edited while the compiler runs is newer
}
