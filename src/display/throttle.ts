import { beforeCellEnds } from './channel.ts';

/**
 * Delivers the latest value, at most once in `intervalMs`: the first at once, the last always. What comes between is
 * dropped, so that a tight loop does not flood a browser. It reads the clock at each call, since a loop that never
 * waits lets no timer run, and what still waits when the cell ends is delivered then.
 */
export function throttleLatest<T>(deliver: (value: T) => void, intervalMs: number): (value: T) => void {
  let last = Number.NEGATIVE_INFINITY;
  let waiting: { value: T; timer: NodeJS.Timeout; forget: () => void } | undefined;

  const flush = () => {
    if (!waiting) return;
    const { value, timer, forget } = waiting;
    waiting = undefined;
    clearTimeout(timer);
    forget();
    last = performance.now();
    deliver(value);
  };
  return value => {
    const left = last + intervalMs - performance.now();
    if (waiting) waiting.value = value;
    else waiting = { value, timer: setTimeout(flush, Math.max(0, left)), forget: beforeCellEnds(flush) };
    if (left <= 0) flush();
  };
}
