import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requirePart } from '../support/requires.ts';
import { kernelIdle, menu, notebookOf, openSession, outputText, type Session } from './support.ts';

const chromium = requirePart('chromium');
const app = process.env.LEARNABLE_LAB_APP ?? fileURLToPath(new URL('../../lab/app.tgz', import.meta.url));

/** Prints numbered lines until a file of this name is there, however long the page takes to load. */
const loopUntil = (file: string) => `import { existsSync } from 'node:fs';
for (let line = 1; !existsSync('${file}'); line += 1) {
  console.log('line', line);
  await new Promise(resolve => setTimeout(resolve, 50));
}
console.log('end');`;

/** Whether these are the lines of such a loop: each of them, once, in order. */
function expectLines(text: string, atLeast: number): void {
  const lines = text.split('\n').filter(line => line !== 'end');
  expect(lines).toEqual(lines.map((_, index) => `line ${index + 1}`));
  expect(lines.length).toBeGreaterThanOrEqual(atLeast);
}

describe.skipIf(chromium === undefined || !existsSync(app))('a notebook that is opened again', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openSession(chromium!, {});
    session.page.on('dialog', dialog => void dialog.accept()); // "leave the page?"
  }, 120_000);

  afterAll(async () => {
    await session?.close();
  });

  async function open(name: string, ...sources: string[]): Promise<void> {
    writeFileSync(path.join(session.root, name), notebookOf(...sources));
    await session.page.goto(`${session.lab.base}/lab/tree/${name}?reset&token=${session.lab.token}`);
    await kernelIdle(session, name);
  }

  async function run(cell: number, page: Page = session.page): Promise<void> {
    await page.locator('.jp-Notebook-cell .jp-InputArea-prompt').nth(cell).click();
    await page.keyboard.press('Control+Enter');
  }

  const runAll = () => menu(session, 'Run', /^Run All Cells/);
  const isBusy = async (name: string): Promise<boolean> => {
    const headers = { Authorization: `token ${session.lab.token}` };
    const sessions = await (await fetch(`${session.lab.base}/api/sessions`, { headers })).json();
    const { kernel } = sessions.find(({ path }: { path: string }) => path === name);
    return kernel.execution_state === 'busy';
  };
  const create = (file: string) => writeFileSync(path.join(session.root, file), '');
  const shown = (page: Page, cell: number) => expect.poll(() => outputText(page, cell), { timeout: 30_000 });
  const prompt = async (page: Page, cell: number) =>
    (await page.locator('.jp-Notebook-cell .jp-InputPrompt').nth(cell).textContent())?.trim();
  const indicator = (page: Page) => page.locator('.jp-Notebook-ExecutionIndicator').first().getAttribute('data-status');
  const isDirty = async (page: Page) => (await page.locator('.lm-TabBar-tab.jp-mod-dirty').count()) > 0;
  const onDisk = (name: string) => readFileSync(path.join(session.root, name), 'utf8');

  test('in the middle of a loop: all lines once, still printing, busy, what is queued runs, counts at the end', async () => {
    const { page } = session;
    await open('loop.ipynb', loopUntil('go-1'), "console.log('second'); 6 * 7", 'await new Promise(() => {})');
    const before = onDisk('loop.ipynb');
    for (const cell of [0, 1]) await run(cell);
    await shown(page, 0).toContain('line 8');
    await page.reload();
    await shown(page, 0).toContain('line 9');
    expect([await prompt(page, 0), await prompt(page, 1), await prompt(page, 2)]).toEqual(['[*]:', '[*]:', '[ ]:']);
    expect(await indicator(page)).toBe('busy');
    expect(await isDirty(page)).toBe(true);
    const soFar = (await outputText(page, 0)).split('\n').length;
    await shown(page, 0).toContain(`line ${soFar + 10}`);
    create('go-1');
    await shown(page, 1).toContain('42');
    expect(await outputText(page, 0)).toMatch(/\nend$/);
    expectLines(await outputText(page, 0), soFar + 10);
    expect((await outputText(page, 1)).split('\n')).toEqual(['second', '42']);
    await expect.poll(() => prompt(page, 1)).toBe('[2]:');
    expect(await prompt(page, 0)).toBe('[1]:');
    await expect.poll(() => indicator(page)).toBe('idle');
    expect(onDisk('loop.ipynb')).toBe(before); // no page has saved
    await page.keyboard.press('Control+s');
    await expect.poll(() => onDisk('loop.ipynb')).toContain('"end\\n"');
    const [first, second] = JSON.parse(onDisk('loop.ipynb')).cells;
    expect([first.execution_count, second.execution_count, second.outputs[1].execution_count]).toEqual([1, 2, 2]);
    // What the file has is left alone.
    await page.reload();
    await kernelIdle(session, 'loop.ipynb');
    await shown(page, 0).toMatch(/\nend$/);
    expectLines(await outputText(page, 0), soFar + 10);
    expect(await isDirty(page)).toBe(false);
  }, 120_000);

  test('after its end: the outputs of a page that was closed, each kind of them, and what comes late', async () => {
    const { page } = session;
    await open(
      'closed.ipynb',
      `import { display } from 'learnable/kernel';
import { existsSync } from 'node:fs';
const until = async (file: string) => {
  while (!existsSync(file)) await new Promise(resolve => setTimeout(resolve, 20));
};
const bar = display.html('<b>0 %</b>');
console.log('started');
await until('go-2');
console.log('gone');
bar.update('<b>100 %</b>');
void (async () => { await until('late-2'); console.log('late'); bar.update('<b>done</b>'); })();
({ seven: 7 })`,
      "throw new Error('after all', { cause: new Error('a reason') });",
      "'not reached'",
    );
    await runAll();
    await shown(page, 0).toContain('started');
    await page.goto('about:blank');
    create('go-2');
    await expect.poll(() => isBusy('closed.ipynb')).toBe(false);
    await page.goto(`${session.lab.base}/lab/tree/closed.ipynb`);
    await shown(page, 1).toContain('a reason');
    expect((await outputText(page, 0)).split('\n')).toEqual(['100 %', 'started', 'gone', '{ seven: 7 }']);
    expect([await prompt(page, 0), await prompt(page, 1), await prompt(page, 2)]).toEqual(['[1]:', '[2]:', '[ ]:']);
    create('late-2');
    await shown(page, 0).toContain('late');
    await shown(page, 0).toContain('done');
  }, 120_000);

  test('a display that is redrawn goes on; when the kernel dies meanwhile the cell says so', async () => {
    const { page } = session;
    await open(
      'bar.ipynb',
      `import { clearOutput, progress } from 'learnable/kernel';
import { existsSync } from 'node:fs';
const until = async (file: string) => {
  while (!existsSync(file)) await new Promise(resolve => setTimeout(resolve, 20));
};
console.log('to be cleared');
for (const step of progress([1, 2, 3, 4], { label: 'steps' })) {
  if (step === 2) await until('go-5');
  if (step === 4) await until('go-6');
}
clearOutput(true);
await until('go-7');
console.log('in its place');
await until('go-8');
process.kill(process.pid, 'SIGKILL');
await until('never');`,
    );
    await run(0);
    await shown(page, 0).toContain('1 of 4');
    await page.reload();
    await shown(page, 0).toContain('1 of 4');
    create('go-5');
    await shown(page, 0).toContain('3 of 4');
    create('go-6');
    await shown(page, 0).toContain('steps: 4 in');
    expect(await outputText(page, 0)).toContain('to be cleared');
    await page.reload();
    await shown(page, 0).toContain('to be cleared');
    create('go-7');
    await shown(page, 0).toBe('in its place');
    await page.goto('about:blank');
    create('go-8');
    await expect.poll(() => isBusy('bar.ipynb')).toBe(false);
    await page.goto(`${session.lab.base}/lab/tree/bar.ipynb`);
    await shown(page, 0).toContain('The kernel ended while this cell ran (SIGKILL)');
    expect(await prompt(page, 0)).toBe('[1]:');
  }, 120_000);

  test('a question is asked again, and what is answered is kept', async () => {
    const { page } = session;
    await open('question.ipynb', "const name = await input('Your name?');\nconsole.log('Hello', name);");
    await run(0);
    await page.locator('.jp-Stdin-input').waitFor();
    await page.reload();
    const box = page.locator('.jp-Stdin-input');
    await box.waitFor();
    expect(await page.locator('.jp-Stdin').innerText()).toContain('Your name?');
    await box.fill('Ada');
    await box.press('Enter');
    await shown(page, 0).toBe('Your name? Ada\nHello Ada');
    expect(await prompt(page, 0)).toBe('[1]:');
    await page.reload();
    await shown(page, 0).toBe('Your name? Ada\nHello Ada');
    expect(await page.locator('.jp-Stdin-input').count()).toBe(0);
  }, 120_000);

  test('two tabs show the same; one saves, the other stays unchanged and can answer', async () => {
    const { page: first } = session;
    await open('tabs.ipynb', loopUntil('go-3'), "console.log(await input('Which?'));");
    await first.keyboard.press('Control+s'); // with what the kernel says of itself, which changes a notebook that lacks it
    await expect.poll(() => isDirty(first)).toBe(false);
    const second = await session.page.context().newPage();
    try {
      await second.goto(`${session.lab.base}/lab/workspaces/second/tree/tabs.ipynb?reset`);
      await second.locator('.jp-Notebook-cell').first().waitFor();
      await expect.poll(() => indicator(second)).toBe('idle');
      await first.bringToFront();
      for (const cell of [0, 1]) await run(cell);
      await second.bringToFront();
      await shown(second, 0).toContain('line 5');
      expect([await prompt(second, 0), await prompt(second, 1)]).toEqual(['[*]:', '[*]:']);
      expect([await isDirty(first), await isDirty(second)]).toEqual([true, false]);
      create('go-3');
      await first.locator('.jp-Stdin-input').waitFor();
      expect(await second.locator('.jp-Stdin-input').count()).toBe(0);
      await first.goto('about:blank');
      // Nobody else sees the question now.
      const box = second.locator('.jp-Stdin-input');
      await box.waitFor();
      await first.goto(`${session.lab.base}/lab/tree/tabs.ipynb`);
      await first.locator('.jp-Stdin-input').waitFor();
      await box.fill('this one');
      await box.press('Enter');
      for (const each of [first, second]) await shown(each, 1).toBe('Which? this one\nthis one');
      expect(await first.locator('.jp-Stdin-input').count()).toBe(0);
      for (const each of [first, second]) {
        expect([await prompt(each, 0), await prompt(each, 1)]).toEqual(['[1]:', '[2]:']);
        expectLines(await outputText(each, 0), 5);
      }
    } finally {
      await second.close();
    }
  }, 120_000);

  test('code that was not saved is offered; a cell that is gone, or was changed since, is not overwritten', async () => {
    const { page } = session;
    await open('crash.ipynb', "'a'", "'b'", "'c'");
    const edit = async (cell: number, source: string) => {
      await page.locator('.jp-Notebook-cell .cm-content').nth(cell).click();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(source);
      await page.keyboard.press('Control+Enter');
    };
    await edit(0, "'edited and run'");
    await shown(page, 0).toContain('edited and run');
    await run(1);
    await page.keyboard.press('b');
    await page.keyboard.press('Enter');
    await page.keyboard.type("'a new cell'");
    await page.keyboard.press('Control+Enter');
    await shown(page, 2).toContain('a new cell');
    await page.goto('about:blank'); // as good as a crash: nothing was saved
    await page.goto(`${session.lab.base}/lab/tree/crash.ipynb`);
    await shown(page, 0).toContain('edited and run');
    await shown(page, 1).toContain('b');
    const sources = () => page.locator('.jp-Notebook-cell .cm-content').allInnerTexts();
    expect(await sources()).toEqual(["'a'", "'b'", "'c'"]);
    const cells = page.locator('.jp-Notebook-cell');
    expect(await cells.nth(0).getAttribute('class')).toContain('jp-mod-dirty');
    expect(await cells.nth(1).getAttribute('class')).not.toContain('jp-mod-dirty');
    const offer = page.getByText('2 cells ran with code that was not saved in crash.ipynb.').first();
    await offer.waitFor();
    await page.getByRole('button', { name: 'Put it back' }).click();
    await expect.poll(sources).toEqual(["'edited and run'", "'b'", "'a new cell'", "'c'"]);
    await shown(page, 2).toContain('a new cell');
    expect(await cells.nth(0).getAttribute('class')).not.toContain('jp-mod-dirty');
    await page.keyboard.press('Control+s');
    await expect.poll(() => onDisk('crash.ipynb')).toContain('a new cell');
    // Changed on disk later than it ran: the file is right, and there is nothing to offer.
    const changed = onDisk('crash.ipynb')
      .replace("'b'\"", "'changed on disk'\"")
      .replaceAll('edited and run', 'by hand');
    const later = new Date(Date.now() + 60_000);
    writeFileSync(path.join(session.root, 'crash.ipynb'), changed);
    utimesSync(path.join(session.root, 'crash.ipynb'), later, later);
    await page.reload();
    await kernelIdle(session, 'crash.ipynb');
    await shown(page, 0).toContain('by hand');
    expect(await page.getByText('that was not saved').count()).toBe(0);
    expect(await isDirty(page)).toBe(false);
  }, 120_000);

  test('outputs that were cleared do not come back', async () => {
    const { page } = session;
    await open('cleared.ipynb', "'one'", loopUntil('go-4'));
    for (const cell of [0, 1]) await run(cell);
    await shown(page, 1).toContain('line 3');
    await menu(session, 'Edit', /^Clear Outputs of All Cells/);
    await shown(page, 1).toMatch(/^line ([4-9]|\d\d)/);
    await page.reload();
    await shown(page, 1).toMatch(/^line ([4-9]|\d\d)/);
    create('go-4');
    await shown(page, 1).toContain('end');
    expect(await outputText(page, 0)).toBe('');
  }, 120_000);

  test('a notebook of the older format, whose cells have no ids', async () => {
    const { page } = session;
    const { cells, ...rest } = JSON.parse(notebookOf("'old'", "'twice'", "'twice'"));
    const old = { ...rest, nbformat_minor: 4, cells: cells.map(({ id, ...cell }: { id: string }) => cell) };
    writeFileSync(path.join(session.root, 'old.ipynb'), JSON.stringify(old));
    await page.goto(`${session.lab.base}/lab/tree/old.ipynb?reset`);
    await kernelIdle(session, 'old.ipynb');
    await runAll();
    await shown(page, 2).toContain('twice');
    await page.reload();
    await shown(page, 0).toContain('old');
    expect([await outputText(page, 1), await outputText(page, 2)]).toEqual(['', '']);
  }, 120_000);

  test('the console has no errors', () => {
    expect(session.errors).toEqual([]);
  });
});
