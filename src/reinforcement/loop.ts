import { setImmediate } from 'node:timers/promises';
import { newRun, reportProgress } from '../core/index.ts';
import { displayChannel } from '../display/channel.ts';

/** How long training may keep the event loop from others. */
const YIELD_MS = 30;

/** What keeps a long training polite: it yields, tells how far it is, and hears when it shall stop. */
export interface Loop {
  /** After each step; true when training shall end. */
  tick(done: number): Promise<boolean>;
  end(): void;
}

export function trainingLoop(label: string, total: number, signal: AbortSignal | undefined): Loop {
  const id = newRun();
  const signals = [signal, displayChannel()?.signal].filter(one => one !== undefined);
  let yieldedAt = performance.now();
  let stopped = false;
  reportProgress({ kind: 'task-start', id, label, total });
  return {
    async tick(done) {
      if (performance.now() - yieldedAt > YIELD_MS) {
        reportProgress({ kind: 'task-step', id, done, total });
        await setImmediate();
        yieldedAt = performance.now();
      }
      stopped ||= signals.some(({ aborted }) => aborted);
      return stopped;
    },
    end: () => reportProgress({ kind: 'task-end', id, reason: stopped ? 'stopped' : 'completed' }),
  };
}
