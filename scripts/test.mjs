// `npm test`: installs and builds what is missing, then runs every check but the slow tests. `npm test -- types lint` runs
// only those, `npm test -- all` the slow ones too.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root } from './setup.mjs';

requireNode();
ensureInstalled({ dev: true });
ensureBuilt();

const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const learnable = path.join(root, 'bin', 'learnable.mjs');
const notRunReport = path.join(root, '.learnable', 'not-run.txt');

const vitestReport = name => path.join(root, '.learnable', `vitest-${name}.json`);
const vitest = (name, ...options) => [
  bin('vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport(name)}`,
  ...options,
];

const checks = {
  types: [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'],
  lint: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings'],
  notebooks: [learnable, 'course', 'build', '--check'],
  exercises: [learnable, 'verify'],
  tests: vitest('tests'),
  slow: vitest('slow', '--config', 'vitest.slow.config.ts'),
};

const names = process.argv.slice(2);
const byDefault = Object.keys(checks).filter(name => name !== 'slow');
const wanted = names.includes('all') ? Object.keys(checks) : names.length > 0 ? names : byDefault;
const unknown = wanted.filter(name => !(name in checks));
if (unknown.length > 0) {
  console.error(`Unknown check: ${unknown.join(', ')}. There are: all, ${Object.keys(checks).join(', ')}.`);
  process.exit(2);
}

rmSync(notRunReport, { force: true });
const results = [];
for (const [name, command] of Object.entries(checks)) {
  if (!wanted.includes(name)) continue;
  rmSync(vitestReport(name), { force: true });
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LEARNABLE_NOT_RUN: notRunReport },
  });
  results.push({ name, passed: status === 0, seconds: (performance.now() - startedAt) / 1000 });
}

console.log(`\n── summary ${'─'.repeat(53)}`);
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? '✓' : '✗'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`);
}
const notRun = existsSync(notRunReport) ? [...new Set(readFileSync(notRunReport, 'utf8').trim().split('\n'))] : [];
for (const line of notRun) console.log(`! NOT RUN: ${line}`);
let [passed, failed, skipped] = [0, 0, 0];
for (const result of results) result.passed ? passed++ : failed++;
for (const { name } of results) {
  if (!existsSync(vitestReport(name))) continue;
  const report = JSON.parse(readFileSync(vitestReport(name), 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests;
  for (const { fullName, status } of report.testResults.flatMap(file => file.assertionResults)) {
    if (status === 'skipped' || status === 'pending') console.log(`! skipped: ${fullName}`);
  }
}
// Where all parts are required, none may be missing: also not one that a test looked for in its own way.
if (process.env.LEARNABLE_REQUIRE === 'all') failed += notRun.length;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && results.every(result => result.passed) ? 0 : 1);
