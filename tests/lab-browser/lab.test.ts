import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requirePart } from '../support/requires.ts';
import {
  colouredPixels,
  kernelIdle,
  menu,
  notebookOf,
  openSession,
  openWire,
  outputsOf,
  type Session,
} from './support.ts';

/** Silent while the connection is cut (what is on the wire then is lost for any server), prints while it is away. */
const LONG = `const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
console.log('before');
await pause(1500);
for (let line = 1; line <= 40; line += 1) {
  console.log('line', line);
  await pause(50);
}`;

/** Prints all the time, so that something is on the wire whenever it breaks. */
const FLOOD = `for (let line = 1; line <= 400; line += 1) {
  console.log('line', line);
  await new Promise(resolve => setTimeout(resolve, 5));
}`;

const chapter = fileURLToPath(new URL('../../notebooks/01-training.ipynb', import.meta.url));
const chromium = requirePart('chromium');
const app = process.env.LEARNABLE_LAB_APP ?? fileURLToPath(new URL('../../lab/app.tgz', import.meta.url));
if (!existsSync(app)) console.warn('NOT RUN: the front end is not built, lab/app.tgz is missing.');

/** A figure without the library: only what the kernel and the renderer agree on. */
const PLOT = `const figure = {
  [Symbol.for('Jupyter.display')]: () => ({
    'application/vnd.plotly.v1+json': {
      data: [{ type: 'bar', x: [1, 2, 3], y: [3, 1, 2], marker: { color: 'rgb(220, 30, 60)' } }],
      layout: { width: 500, height: 300 },
    },
    'text/plain': 'a figure',
  }),
};
figure`;

describe.skipIf(chromium === undefined || !existsSync(app))('the lab in a browser', () => {
  let session: Session;
  const startedAt = { ready: 0 };

  beforeAll(async () => {
    const files = {
      'first.ipynb': notebookOf('const answer: number = 6 * 7;\nconsole.log("the answer is", answer);', PLOT),
      'loop.ipynb': notebookOf('let rounds = 0;\nconsole.log("started");\nfor (;;) rounds += 1;', 'rounds > 0'),
      'long.ipynb': notebookOf(LONG),
      'flood.ipynb': notebookOf(FLOOD),
      'chapter.ipynb': readFileSync(chapter, 'utf8'),
      'broken.ipynb': '{"cells": [\n oops ]}',
    };
    const before = performance.now();
    session = await openSession(chromium!, files);
    await session.page.goto(session.lab.url);
    await session.page.locator('.jp-LauncherCard').first().waitFor();
    startedAt.ready = performance.now() - before;
  }, 60_000);

  afterAll(async () => {
    await session?.close();
  });

  test('the launcher offers TypeScript and the course; the address hides the token; the first load is small', async () => {
    const { page, lab, transferred } = session;
    console.log(`launcher after ${Math.round(startedAt.ready)} ms, ${(transferred() / 2 ** 20).toFixed(2)} MB loaded`);
    expect(page.url()).not.toContain(lab.token);
    expect(await page.locator('.jp-LauncherCard', { hasText: 'TypeScript' }).count()).toBeGreaterThan(0);
    expect(await page.getByText('The first chapter').count()).toBeGreaterThan(0);
    expect(transferred()).toBeLessThan(1.6 * 2 ** 20);
  });

  test('a notebook runs: text, and a plot in pixels', async () => {
    const { page, lab } = session;
    await page.goto(`${lab.base}/lab/tree/first.ipynb?reset`);
    await kernelIdle(session, 'first.ipynb');
    await menu(session, 'Run', /^Run All Cells/);
    await page.getByText('the answer is 42').waitFor();
    await page.locator('.js-plotly-plot .main-svg').first().waitFor();
    await expect.poll(() => colouredPixels(session, '.js-plotly-plot'), { timeout: 10_000 }).toBeGreaterThan(5000);
  });

  test('an edit is saved, and is there after a reload', async () => {
    const { page, root } = session;
    const cell = page.locator('.jp-Notebook-cell .cm-content').first();
    await cell.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n// edited ü 😀');
    await page.keyboard.press('Control+s');
    const file = path.join(root, 'first.ipynb');
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('// edited ü 😀');
    expect(JSON.parse(readFileSync(file, 'utf8')).cells[0].outputs[0].text).toEqual(['the answer is 42\n']);
    await page.reload();
    await page.getByText('// edited ü 😀').waitFor();
    await page.locator('.js-plotly-plot .main-svg').first().waitFor();
  });

  test('a change on disk is not overwritten in silence', async () => {
    const { page, root } = session;
    const file = path.join(root, 'first.ipynb');
    await kernelIdle(session, 'first.ipynb');
    writeFileSync(file, readFileSync(file, 'utf8').replace('edited', 'changed by another program'));
    await page.locator('.jp-Notebook-cell .cm-content').first().click();
    await page.keyboard.type(' ');
    await page.keyboard.press('Control+s');
    const dialog = page.locator('.jp-Dialog', { hasText: 'has changed on disk' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Revert' }).click();
    await page.getByText('changed by another program').waitFor();
    expect(readFileSync(file, 'utf8')).toContain('changed by another program');
  });

  test('a tight loop is interrupted, its state stays, a restart clears it', async () => {
    const { page, lab } = session;
    await page.goto(`${lab.base}/lab/tree/loop.ipynb?reset`);
    await kernelIdle(session, 'loop.ipynb');
    await menu(session, 'Run', /^Run All Cells/);
    await page.getByText('started', { exact: true }).waitFor();
    await menu(session, 'Kernel', /^Interrupt Kernel/);
    await page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]').first().waitFor();
    await page.locator('.jp-Notebook-cell').nth(1).click();
    await page.keyboard.press('Control+Enter');
    await page.locator('.jp-OutputArea-executeResult', { hasText: 'true' }).waitFor();
    await menu(session, 'Kernel', /^Restart Kernel…/);
    await page.locator('.jp-Dialog').getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    await kernelIdle(session, 'loop.ipynb');
    await page.locator('.jp-Notebook-cell').nth(1).click();
    await page.keyboard.press('Control+Enter');
    await page
      .getByText(/Cannot find name 'rounds'|rounds is not defined/)
      .first()
      .waitFor();
  });

  test('a connection that breaks in the middle of a run loses no output', async () => {
    const { page, lab, errors, foreign } = session;
    const [hadErrors, hadForeign] = [errors.length, foreign.length];
    const wire = await openWire(lab);
    try {
      await page.goto(`${wire.base}/lab/tree/long.ipynb?reset&token=${lab.token}`);
      await kernelIdle(session, 'long.ipynb');
      await menu(session, 'Run', /^Run All Cells/);
      const output = page.locator('.jp-OutputArea-output').first();
      await expect.poll(() => output.innerText(), { timeout: 10_000 }).toContain('before');
      wire.cut();
      await setTimeout(2500);
      expect(await output.innerText()).not.toContain('line');
      wire.mend();
      await expect.poll(() => output.innerText(), { timeout: 15_000 }).toContain('line 40');
      const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
      expect((await output.innerText()).trim().split('\n')).toEqual(['before', ...lines]);
    } finally {
      await page.goto('about:blank');
      wire.close();
    }
    errors.splice(hadErrors); // the browser reports each connection that failed
    foreign.splice(hadForeign); // all to the second address
  });

  test('a connection that breaks again and again in the middle of a flood loses and doubles no output', async () => {
    const { page, lab, errors, foreign } = session;
    const [hadErrors, hadForeign] = [errors.length, foreign.length];
    const wire = await openWire(lab);
    try {
      await page.goto(`${wire.base}/lab/tree/flood.ipynb?reset&token=${lab.token}`);
      await kernelIdle(session, 'flood.ipynb');
      await menu(session, 'Run', /^Run All Cells/);
      const output = page.locator('.jp-OutputArea-output').first();
      await expect.poll(() => output.innerText(), { timeout: 10_000 }).toContain('line 5');
      for (let breaks = 0; breaks < 3; breaks += 1) {
        wire.cut();
        await setTimeout(100);
        wire.mend();
        await setTimeout(300);
      }
      await expect.poll(() => output.innerText(), { timeout: 20_000 }).toContain('line 400');
      const lines = Array.from({ length: 400 }, (_, index) => `line ${index + 1}`);
      expect((await output.innerText()).trim().split('\n')).toEqual(lines);
    } finally {
      await page.goto('about:blank');
      wire.close();
    }
    errors.splice(hadErrors); // the browser reports each connection that failed
    foreign.splice(hadForeign); // all to the second address
  }, 40_000);

  test('a notebook that is not JSON is explained, and left alone', async () => {
    const { page, lab, root, errors } = session;
    const before = errors.length;
    await page.goto(`${lab.base}/lab/tree/broken.ipynb?reset`);
    await page.getByText('broken.ipynb: it is not JSON at line 2').first().waitFor();
    expect(readFileSync(path.join(root, 'broken.ipynb'), 'utf8')).toBe('{"cells": [\n oops ]}');
    errors.splice(before); // the browser reports the answer 400 itself
  });

  test('a chapter is not changed by opening it, runs to its end and draws its plots', async () => {
    const { page, lab } = session;
    await page.goto(`${lab.base}/lab/tree/chapter.ipynb?reset`);
    await kernelIdle(session, 'chapter.ipynb');
    expect(await page.locator('.lm-TabBar-tab.jp-mod-dirty').count()).toBe(0);
    await menu(session, 'Run', /^Run All Cells/);
    // What has scrolled out of sight is not in the page: the outputs are read from Lab's own model.
    await expect.poll(async () => (await outputsOf(session)).unrun, { timeout: 80_000 }).toBe(0);
    const { mimeTypes, errors } = await outputsOf(session);
    expect(mimeTypes.filter(type => type === 'application/vnd.plotly.v1+json').length).toBeGreaterThan(5);
    expect(errors).toBe(1); // one cell is wrong on purpose
    await page.locator('.jp-Notebook .js-plotly-plot').last().scrollIntoViewIfNeeded();
    expect(await colouredPixels(session, '.jp-Notebook .js-plotly-plot')).toBeGreaterThan(1000);
  }, 120_000);

  test('the console has no errors and no request left the machine', () => {
    expect(session.errors).toEqual([]);
    expect(session.foreign).toEqual([]);
  });
});
