import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellTitle } from '../frame.ts';
import { exists } from './parent.ts';

/** Cells that end sooner leave no trace on disk. */
const DELAY_MS = 50;
const LINE_LENGTH = 80;
/** Of this user only: a line of code is nobody else's business. */
const FOLDER = join(tmpdir(), `learnable-last-cells-${process.getuid?.() ?? 'user'}`);

interface Trace {
  cell: string;
  line: string;
}

/**
 * Remembers on disk which cell runs, so that the next kernel of the same notebook can say where this one ended if it is
 * killed. The file carries the process's number: several kernels of one notebook do not accuse each other.
 */
export class LastCell {
  #prefix: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isWritten = false;

  /** `notebook` names what the next kernel will have in common with this one; without it nothing is remembered. */
  constructor(notebook: string | undefined) {
    this.#prefix = notebook && createHash('sha256').update(notebook).digest('hex').slice(0, 24);
  }

  /** What the reader should know of the kernel before this one. Told once. */
  takeNote(): string | undefined {
    const prefix = this.#prefix;
    if (prefix === undefined) return undefined;
    let note: string | undefined;
    for (const name of filesIn(FOLDER)) {
      const pid = Number(name.slice(prefix.length + 1));
      if (!name.startsWith(`${prefix}-`) || (pid !== process.pid && exists(pid))) continue;
      const path = join(FOLDER, name);
      note ??= noteOf(readTrace(path));
      attempt(() => rmSync(path, { force: true }));
    }
    return note;
  }

  begin({ name, source }: { name: string; source: string }): void {
    if (this.#prefix === undefined) return;
    const line = source.split('\n').find(text => text.trim() !== '' && !text.trim().startsWith('//'));
    const trace: Trace = { cell: name, line: (line ?? '').trim().slice(0, LINE_LENGTH) };
    this.#timer = setTimeout(() => {
      this.#isWritten = true;
      attempt(() => {
        mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
        writeFileSync(this.#path, JSON.stringify(trace), { mode: 0o600 });
      });
    }, DELAY_MS);
  }

  /** The cell has ended, or the kernel was asked to. */
  end(): void {
    clearTimeout(this.#timer);
    if (this.#isWritten) attempt(() => rmSync(this.#path, { force: true }));
    this.#isWritten = false;
  }

  get #path(): string {
    return join(FOLDER, `${this.#prefix}-${process.pid}`);
  }
}

function noteOf({ cell, line }: Trace): string {
  const place = line === '' ? '' : `, which begins: ${line}`;
  return `The last kernel of this notebook ended in the middle of ${cellTitle(cell)}${place}\nWhat it had declared is gone.\n`;
}

function readTrace(path: string): Trace {
  return attempt(() => JSON.parse(readFileSync(path, 'utf8')) as Trace) ?? { cell: 'a cell', line: '' };
}

function filesIn(folder: string): string[] {
  return attempt(() => readdirSync(folder)) ?? [];
}

/** A disk that is full, or not ours, must not disturb the kernel. */
function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
