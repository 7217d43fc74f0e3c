/**
 * From `npm start` to a launcher that can be clicked, in headless Chromium, with everything installed.
 * Run: npm run bench start [rounds]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = Number(process.argv[2] ?? 5);
const seconds = (from: number) => (performance.now() - from) / 1000;

async function round() {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'learnable-bench-'));
  const startedAt = performance.now();
  const lab = spawn('npm', ['start', '--', '--no-browser', '--port', '0'], { cwd: root, detached: true });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    lab.stdout.on('data', chunk => {
      printed += chunk;
      const found = /http:\/\/\S+token=\S+/.exec(printed);
      if (found) resolve(found[0]);
    });
    lab.once('exit', code => reject(new Error(`npm start ended with ${code}: ${printed}`)));
  });
  const printedAfter = seconds(startedAt);
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  const openedAt = performance.now();
  let bytes = 0;
  page.on('response', async response => {
    bytes += Number((await response.allHeaders())['content-length'] ?? 0);
  });
  await page.goto(`${url}&reset`); // whatever was open before
  await page.locator('.jp-LauncherCard').first().click({ trial: true });
  const pageTook = seconds(openedAt);
  await browser.close();
  const ended = new Promise(resolve => lab.once('exit', resolve));
  process.kill(-lab.pid!, 'SIGINT');
  await ended;
  rmSync(profile, { recursive: true, force: true });
  return { printedAfter, pageTook, bytes };
}

const results: Awaited<ReturnType<typeof round>>[] = [];
for (let i = 0; i < rounds; i++) results.push(await round());
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
const printed = median(results.map(result => result.printedAfter));
const page = median(results.map(result => result.pageTook));
console.log(`npm start until its URL stands there   ${printed.toFixed(2)} s`);
console.log(`the page until a usable launcher       ${page.toFixed(2)} s`);
console.log(`together                               ${(printed + page).toFixed(2)} s   (to meet: 6 s)`);
console.log(
  `received by the page at first load     ${(median(results.map(result => result.bytes)) / 1e6).toFixed(2)} MB`,
);
