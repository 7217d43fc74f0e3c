import { Worker } from 'node:worker_threads';
import type { NotebookOptions } from './notebook.ts';
import type { Checker, CompletionResult, Diagnostic, Inspection } from './types.ts';
import type { Answer, Request } from './worker.ts';

export type { Checker, Completion, CompletionResult, Diagnostic, Inspection } from './types.ts';

/** Starts a checker for the notebook of a folder. Its thread warms up by itself; calls wait their turn. */
export function createChecker(options: NotebookOptions): Checker {
  const built = import.meta.url.endsWith('.ts') ? '../../../dist/kernel/checker/worker.js' : './worker.js';
  const worker = new Worker(new URL(built, import.meta.url), { workerData: options });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let count = 0;
  let closed = () => {};
  let failure: Error | undefined;

  worker.unref();
  worker.on('message', (answer: Answer) => {
    if (answer === 'closed') return closed();
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if (answer.error === undefined) call?.resolve(answer.value as never);
    else call?.reject(new Error(`The type checker failed: ${answer.error}`));
  });
  worker.on('error', error => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('The type checker has stopped.')));

  function end(error: Error): void {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
    closed();
  }

  function ask<T>(method: Request['method'], ...parameters: unknown[]): Promise<T> {
    if (failure) return Promise.reject(failure);
    return new Promise<T>((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { resolve, reject });
      worker.ref();
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
    inspect: (source, offset) => ask<Inspection | undefined>('inspect', source, offset),
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
