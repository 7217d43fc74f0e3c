import { setImmediate } from 'node:timers/promises';
import { displayChannel } from '../display/channel.ts';
import { newRun, reportProgress } from './progress.ts';

/** How long work may keep the event loop from others. */
const YIELD_MS = 30;

/** After each part of the work; true when somebody asked to stop. */
export type Tick = (done: number) => Promise<boolean>;

/**
 * Long work that is polite: it tells how far it is, lets others have their turn, and hears when it shall stop, by the
 * signal or by a notebook's stop button.
 *
 * @example await longTask('Reading', rows.length, signal, async tick => { for (…) if (await tick(++done)) break; });
 */
export async function longTask<T>(
  label: string,
  total: number,
  signal: AbortSignal | undefined,
  work: (tick: Tick) => Promise<T>,
): Promise<T> {
  const id = newRun();
  const signals = [signal, displayChannel()?.signal];
  let yieldedAt = performance.now();
  let reason: 'completed' | 'stopped' | 'failed' = 'failed';
  let stopped = false;
  reportProgress({ kind: 'task-start', id, label, total });
  try {
    const result = await work(async done => {
      if (performance.now() - yieldedAt > YIELD_MS) {
        reportProgress({ kind: 'task-step', id, done, total });
        await setImmediate();
        yieldedAt = performance.now();
      }
      stopped ||= signals.some(one => one?.aborted);
      return stopped;
    });
    reason = stopped ? 'stopped' : 'completed';
    return result;
  } finally {
    reportProgress({ kind: 'task-end', id, reason });
  }
}
