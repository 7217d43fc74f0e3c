import { Worker } from 'node:worker_threads';
import { dieWithUs } from './apart.ts';
import type { NotebookOptions } from './notebook.ts';
import { type Answer, type Request, SHARED, type WorkerData } from './thread.ts';
import type { Checker, CompletionResult, Diagnostic, Inspection } from './types.ts';

export type { Checker, Completion, CompletionResult, Diagnostic, Inspection } from './types.ts';

/** A check that takes longer is given up: some types take for ever. */
const LIMIT_MS = 10_000;
/** An interrupt gives up a check that has taken longer than any ordinary one. */
const PATIENCE_MS = 500;
/** A process that computes does not see that its client is gone: from then on it is guarded. */
const GUARD_MS = 500;

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
  const shared = new Int32Array(new SharedArrayBuffer(4 * SHARED.cells));
  const data: WorkerData = { ...options, shared };
  const worker = new Worker(new URL(built, import.meta.url), { workerData: data });
  /** In the order in which the thread answers. */
  const waiting = new Map<number, Call>();
  const notices: string[] = [];
  let count = 0;
  let failure: Error | undefined;
  let hasAnswered = false;
  let since = 0;
  let limit: NodeJS.Timeout | undefined;
  let guarding: NodeJS.Timeout | undefined;
  let stopGuard = () => {};
  /** Why the process was ended while the thread waited for it. */
  let givenUp: string | undefined;

  worker.unref();
  worker.on('message', (answer: Answer) => {
    if ('notice' in answer) {
      notices.push(answer.notice);
      return;
    }
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    // Only with a cell, where they are read; the first check is our own.
    if (call?.method === 'check' && answer.id > 1) for (const notice of notices.splice(0)) onNotice?.(notice);
    if (givenUp) call?.reject(new Error(givenUp));
    else if (answer.error === undefined) {
      hasAnswered ||= call?.method === 'check';
      call?.resolve(answer.value as never);
    } else call?.reject(failed(answer.error));
    givenUp = undefined;
    watchNext();
  });
  worker.on('error', error => end(failed(error instanceof Error ? error.message : String(error))));
  worker.on('exit', () => end(new Error('its thread has stopped')));

  function failed(message: string): Error {
    // What the end of a process looks like on its pipes.
    const why = /EPIPE|EOF/.test(message) ? 'its process ended without an answer' : message;
    if (hasAnswered) return new Error(`TypeScript failed: ${why}`);
    const [line] = why.replace(/\.?(\n|$)/, '\n').split('\n');
    return new Error(
      `TypeScript does not start on ${process.platform} ${process.arch}: ${line}. Install it anew with npm ci`,
    );
  }

  function end(error: Error): void {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
    stopWatching();
  }

  function stopWatching(): void {
    clearInterval(limit);
    clearTimeout(guarding);
    stopGuard();
    stopGuard = () => {};
  }

  /** From here on the thread works on the first that waits. */
  function watchNext(): void {
    stopWatching();
    if (waiting.size === 0) {
      worker.unref();
      return;
    }
    since = performance.now();
    limit = setInterval(() => giveUp(`TypeScript took longer than ${limitMs / 1000} s`), limitMs);
    limit.unref();
    guarding = setTimeout(() => {
      const pid = typeScript();
      if (pid > 0) stopGuard = dieWithUs(pid);
    }, GUARD_MS);
    guarding.unref();
  }

  function giveUp(reason: string): void {
    if (typeScript() === 0) return;
    givenUp = reason;
    Atomics.store(shared, SHARED.givenUp, waiting.keys().next().value ?? 0);
    endTypeScript();
  }

  /** TypeScript's process, or 0: the thread waits in it, so that only its end gets the thread back. */
  function typeScript(): number {
    return Atomics.load(shared, SHARED.pid);
  }

  /** The next question starts it again. */
  function endTypeScript(): void {
    if (typeScript() === 0) return;
    try {
      process.kill(typeScript(), 'SIGKILL');
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
      const [interrupted] = waiting.values();
      if (interrupted?.method !== 'check') return;
      const giveUpIfItGoesOn = () => {
        const [first] = waiting.values();
        if (first === interrupted) giveUp('the check was interrupted');
      };
      setTimeout(giveUpIfItGoesOn, since + PATIENCE_MS - performance.now()).unref();
    },
    // After a SIGINT it would answer nothing, and not end.
    onSignal() {
      Atomics.store(shared, SHARED.endedMeanwhile, 1);
      endTypeScript();
    },
    async dispose() {
      failure ??= new Error('The type checker was disposed.');
      const stopped = worker.terminate(); // once it gets its thread back
      endTypeScript();
      await stopped;
    },
  };
}
