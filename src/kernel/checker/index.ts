import { Worker } from 'node:worker_threads';
import type { NotebookOptions } from './notebook.ts';
import type { Checker, CompletionResult, Diagnostic, Inspection } from './types.ts';
import type { Answer, Request } from './worker.ts';

export type { Checker, Completion, CompletionResult, Diagnostic, Inspection } from './types.ts';

/** A check that takes longer is given up: some types take for ever. */
const LIMIT_MS = 10_000;
/** An interrupt gives up a check that has taken longer than any ordinary one. */
const PATIENCE_MS = 500;

export interface CheckerOptions extends NotebookOptions {
  /** Hears what the learner should know, such as a `tsconfig.json` that cannot be read. */
  onNotice?: (text: string) => void;
  limitMs?: number;
}

interface Call {
  method: Request['method'];
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/** Starts a checker for the notebook of a folder. Its thread warms up by itself; calls wait their turn. */
export function createChecker({ onNotice, limitMs = LIMIT_MS, ...options }: CheckerOptions): Checker {
  const built = import.meta.url.endsWith('.ts') ? '../../../dist/kernel/checker/worker.js' : './worker.js';
  const worker = new Worker(new URL(built, import.meta.url), { workerData: options });
  /** In the order in which the thread answers. */
  const waiting = new Map<number, Call>();
  const notices: string[] = [];
  let count = 0;
  let closed = () => {};
  let failure: Error | undefined;
  /** TypeScript's process: the thread waits in it, so that only its end gets the thread back. */
  let pid: number | undefined;
  let since = 0;
  let limit: NodeJS.Timeout | undefined;
  /** Why the process was ended while the thread waited for it. */
  let givenUp: string | undefined;

  worker.unref();
  worker.on('message', (answer: Answer) => {
    if (answer === 'closed') {
      closed();
      return;
    }
    if ('notice' in answer) {
      notices.push(answer.notice);
      return;
    }
    if ('started' in answer) {
      pid = answer.started;
      return;
    }
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    // Only with a cell, where they are read; the first check is our own.
    if (call?.method === 'check' && answer.id > 1) for (const notice of notices.splice(0)) onNotice?.(notice);
    if (givenUp) call?.reject(new Error(givenUp));
    else if (answer.error === undefined) call?.resolve(answer.value as never);
    else call?.reject(new Error(`TypeScript failed: ${answer.error}`));
    givenUp = undefined;
    watchNext();
  });
  worker.on('error', error => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('its thread has stopped')));

  function end(error: Error): void {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
    clearInterval(limit);
    closed();
  }

  /** From here on the thread works on the first that waits. */
  function watchNext(): void {
    clearInterval(limit);
    if (waiting.size === 0) {
      worker.unref();
      return;
    }
    since = performance.now();
    limit = setInterval(() => giveUp(`TypeScript took longer than ${limitMs / 1000} s`), limitMs);
    limit.unref();
  }

  function giveUp(reason: string): void {
    if (pid === undefined) return;
    givenUp = reason;
    endTypeScript();
  }

  /** The next question starts it again. */
  function endTypeScript(): void {
    if (pid === undefined) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }

  function ask<T>(method: Request['method'], ...parameters: unknown[]): Promise<T> {
    if (failure) return Promise.reject(failure);
    return new Promise<T>((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { method, resolve, reject });
      if (waiting.size === 1) {
        worker.ref();
        watchNext();
      }
      worker.postMessage({ id, method, parameters });
    });
  }

  const ready = ask<Diagnostic[]>('check', '').then(() => {});
  // Whoever waits for it hears of a failure; nobody has to.
  ready.catch(() => {});
  return {
    ready,
    check: source => ask<Diagnostic[]>('check', source),
    commit: (source, cell) => ask<void>('commit', source, cell),
    complete: (source, offset) => ask<CompletionResult>('complete', source, offset),
    inspect: (source, offset, detail = 0) => ask<Inspection | undefined>('inspect', source, offset, detail),
    interrupt() {
      const [first] = waiting.values();
      if (first?.method === 'check' && performance.now() - since > PATIENCE_MS) giveUp('the check was interrupted');
    },
    // After a SIGINT it would answer nothing, and not end.
    onSignal: endTypeScript,
    async dispose() {
      if (failure) return;
      const done = new Promise<void>(resolve => {
        closed = resolve;
      });
      worker.postMessage('close');
      await done;
      failure = new Error('The type checker was disposed.');
      await worker.terminate();
    },
  };
}
