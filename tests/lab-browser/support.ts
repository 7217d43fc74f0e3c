import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Lab } from '../../src/server/index.ts';

/** As few processes and as little noise as possible. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Session {
  lab: Lab;
  root: string;
  page: Page;
  /** What the console said that it should not. */
  errors: string[];
  /** Requests to anywhere but this lab. */
  foreign: string[];
  /** Bytes over the wire since the start. */
  transferred(): number;
  close(): Promise<void>;
}

/** A lab on a fresh folder and a page of a fresh browser on it. */
export async function openSession(executablePath: string, files: Record<string, string>): Promise<Session> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'lab-browser-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(root, name), content);
  // The server of the build, as a learner runs it: from there kernels are started.
  const server: typeof import('../../src/server/index.ts') = await import(
    new URL('../../dist/server/index.js', import.meta.url).href
  );
  const chapters = [{ path: 'first.ipynb', number: 1, title: 'The first chapter', question: 'Does it work?' }];
  const lab = await server.startLab({
    root,
    port: 0,
    chapters,
    ...(process.env.LEARNABLE_LAB_APP ? { appArchive: process.env.LEARNABLE_LAB_APP } : {}),
  });
  const browser: Browser = await chromium.launch({ executablePath, args: FLAGS });
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', error => errors.push(String(error)));
  page.on('request', request => {
    if (!request.url().startsWith(lab.base) && /^(https?|wss?):/.test(request.url())) foreign.push(request.url());
  });
  let bytes = 0;
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  devtools.on('Network.loadingFinished', event => {
    bytes += event.encodedDataLength;
  });
  return {
    lab,
    root,
    page,
    errors,
    foreign,
    transferred: () => bytes,
    close: async () => {
      await browser.close();
      await lab.close();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A notebook of code cells, as a chapter comes. */
export function notebookOf(...sources: string[]): string {
  const cells = sources.map((source, index) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${index}`,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

/** Waits until the page is connected to the notebook's kernel and the kernel has nothing to do. */
export async function kernelIdle({ page }: Session, notebook: string): Promise<void> {
  await page.locator('.jp-Notebook-cell').first().waitFor();
  const state = () =>
    page.evaluate(async path => {
      const sessions: { path: string; kernel: { connections: number; execution_state: string } }[] = await (
        await fetch('/api/sessions')
      ).json();
      const kernel = sessions.find(session => session.path === path)?.kernel;
      const indicator = document.querySelector('.jp-Notebook-ExecutionIndicator')?.getAttribute('data-status');
      return `${(kernel?.connections ?? 0) > 0 ? 'connected' : 'not connected'} ${kernel?.execution_state} ${indicator}`;
    }, notebook);
  await expect.poll(state, { timeout: 20_000, interval: 100 }).toBe('connected idle idle');
}

export async function menu({ page }: Session, name: string, item: string | RegExp): Promise<void> {
  await page.locator('.lm-MenuBar-item', { hasText: new RegExp(`^${name}$`) }).click();
  await page.locator('.lm-Menu-item', { hasText: item }).first().click();
}

interface LabModel {
  shell: { currentWidget: { content: { model: { toJSON(): { cells: ModelCell[] } } } } };
}
interface ModelCell {
  cell_type: string;
  execution_count: number | null;
  outputs?: { output_type: string; data?: Record<string, unknown> }[];
}

/** What a person reads as the outputs of a cell. */
export async function outputText(page: Page, cell: number): Promise<string> {
  const texts = await page.locator('.jp-Notebook-cell').nth(cell).locator('.jp-OutputArea-output').allInnerTexts();
  return texts.map(text => text.trimEnd()).join('\n');
}

/** What the open notebook's cells have given so far, and how many code cells have not run to their end. */
export function outputsOf({ page }: Session): Promise<{ mimeTypes: string[]; errors: number; unrun: number }> {
  return page.evaluate(() => {
    const { jupyterapp } = globalThis as unknown as { jupyterapp: LabModel };
    const code = jupyterapp.shell.currentWidget.content.model.toJSON().cells.filter(cell => cell.cell_type === 'code');
    const outputs = code.flatMap(cell => cell.outputs ?? []);
    return {
      mimeTypes: outputs.flatMap(output => Object.keys(output.data ?? {})),
      errors: outputs.filter(output => output.output_type === 'error').length,
      unrun: code.filter(cell => cell.execution_count === null).length,
    };
  });
}

/** Pixels of a screenshot of the element that are neither background nor grey: what a plot draws. */
export async function colouredPixels({ page }: Session, selector: string): Promise<number> {
  const image = (await page.locator(selector).first().screenshot()).toString('base64');
  return page.evaluate(async data => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${data}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(picture, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, picture.width, picture.height);
    let coloured = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const [red, green, blue] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!];
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > 60) coloured += 1;
    }
    return coloured;
  }, image);
}

export interface Wire {
  base: string;
  /** Breaks all connections; new ones hang until `mend`. */
  cut(): void;
  mend(): void;
  close(): void;
}

/** A second address of the lab whose wire can be cut, as a change of networks does it. */
export async function openWire(lab: Lab): Promise<Wire> {
  const sockets = new Set<net.Socket>();
  const hanging: net.Socket[] = [];
  let isCut = false;
  const tie = (socket: net.Socket, other: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
    socket.pipe(other);
  };
  const join = (near: net.Socket) => {
    const far = net.connect(lab.port, '127.0.0.1');
    tie(near, far);
    tie(far, near);
  };
  const server = net.createServer(near => (isCut ? hanging.push(near) : join(near)));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    base: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false;
      for (const near of hanging.splice(0)) join(near);
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
