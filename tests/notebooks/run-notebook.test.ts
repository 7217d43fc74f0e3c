import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNotebook, writeNotebook } from '../../src/course/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'learnable-run-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function notebook(...sources: (string | { source: string; tags: string[] })[]): string {
  const file = join(folder, `n${Math.floor(performance.now() * 1000)}.ipynb`);
  const cells = sources.map((cell, i) => {
    const { source, tags } = typeof cell === 'string' ? { source: cell, tags: [] } : cell;
    return { cell_type: 'code' as const, id: `c${i}`, metadata: { tags }, source, outputs: [], execution_count: null };
  });
  writeFileSync(file, writeNotebook({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return file;
}

describe('running a notebook', () => {
  test('streams, in order, and keeps state from cell to cell', async () => {
    const events: string[] = [];
    const run = await runNotebook(notebook('const a = 20;', '', 'console.log(a + 1)'), {
      onCell: ({ phase, number, of }) => events.push(`${phase} ${number}/${of}`),
      onOutput: ({ header, content }) => {
        if (header.msg_type === 'stream') events.push(String(content.text).trim());
      },
    });
    expect(run.status).toBe('ok');
    expect(events).toEqual(['start 1/2', 'end 1/2', 'start 2/2', '21', 'end 2/2']);
  });

  test('stops at the first cell that fails, with its traceback', async () => {
    const run = await runNotebook(notebook('1', 'throw new RangeError("too far")', 'console.log("never")'));
    expect(run.status).toBe('error');
    expect(run.cells.map(cell => cell.status)).toEqual(['ok', 'error']);
    expect(run.failure).toMatchObject({ ename: 'RangeError', evalue: 'too far', cell: { number: 2 } });
    expect(run.failure?.traceback.join('\n')).toContain('too far');
  });

  test('goes on after a cell that is expected to throw', async () => {
    const run = await runNotebook(
      notebook({ source: 'throw new Error("as planned")', tags: ['raises-exception'] }, '1'),
    );
    expect(run.status).toBe('ok');
    expect(run.cells.map(cell => cell.status)).toEqual(['raised', 'ok']);
  });

  test('a cell over its time is stopped', async () => {
    const run = await runNotebook(notebook('for (;;) {}'), { timeout: 1000 });
    expect(run.status).toBe('error');
    expect(run.failure?.evalue).toMatch(/^cell 1 ran for \d\.\d s and was stopped at its limit$/);
  });

  test('an abort stops the run', async () => {
    const stop = new AbortController();
    const onCell = ({ phase }: { phase: string }) => {
      if (phase === 'start') setTimeout(() => stop.abort(), 500);
    };
    const run = await runNotebook(notebook('for (;;) {}', '1'), { signal: stop.signal, onCell });
    expect(run.status).toBe('aborted');
    expect(run.cells.length).toBe(1);
  });

  test('a kernel that ends is the failure of its cell', async () => {
    const run = await runNotebook(notebook('process.exit(7)', '1'));
    expect(run.status).toBe('error');
    expect(run.failure?.cell.number).toBe(1);
  });

  test('what is no notebook gets one clear sentence', async () => {
    const broken = join(folder, 'broken.ipynb');
    writeFileSync(broken, '{ "cells": [');
    await expect(runNotebook(broken)).rejects.toThrow(/^broken\.ipynb is not a notebook: it is not JSON/);
    await expect(runNotebook(join(folder, 'none.ipynb'))).rejects.toThrow('There is no notebook');
    const prose = join(folder, 'prose.ipynb');
    writeFileSync(
      prose,
      '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"markdown","source":"x"}]}',
    );
    await expect(runNotebook(prose)).rejects.toThrow('prose.ipynb has no code cells: there is nothing to run.');
  });
});
