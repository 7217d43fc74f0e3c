import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { currentExecution, runIn } from '../execution.ts';

/**
 * Puts our timer functions in the place of Node's, on `globalThis` and in its modules: no timer of a cell fires once the
 * cell was interrupted, which ends loops such as `for (;;) await sleep(10)` outside of cells too.
 */
export function installTimers(): void {
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
    const scoped = scopedTimer(timers[name] as TimerFunction);
    globalThis[name] = timers[name] = scoped as never;
  }
  for (const name of ['setTimeout', 'setImmediate'] as const) {
    promises[name] = scopedPromise(promises[name] as PromiseFunction) as never;
  }
  syncBuiltinESMExports();
}

type TimerFunction = (callback: unknown, ...rest: unknown[]) => unknown;
type PromiseFunction = (...values: unknown[]) => Promise<unknown>;

function scopedTimer(original: TimerFunction): TimerFunction {
  const scoped: TimerFunction = (callback, ...rest) => {
    if (typeof callback !== 'function') return original(callback, ...rest); // throws, in Node's words
    const execution = currentExecution();
    const handle = original(
      function (this: unknown, ...values: unknown[]) {
        if (execution.isAbandoned) clearTimeout(handle as NodeJS.Timeout);
        else return runIn(execution, () => callback.apply(this, values));
      },
      ...rest,
    );
    return handle;
  };
  return imitate(scoped, original);
}

function scopedPromise(original: PromiseFunction): PromiseFunction {
  const scoped: PromiseFunction = async (...values) => {
    const execution = currentExecution();
    const value = await original(...values);
    return execution.isAbandoned ? new Promise(() => {}) : value;
  };
  return imitate(scoped, original);
}

/** Gives a function the name, the length and the other properties of the one it stands for, `util.promisify.custom` among them. */
function imitate<F extends object>(scoped: F, original: F): F {
  return Object.defineProperties(scoped, Object.getOwnPropertyDescriptors(original));
}
