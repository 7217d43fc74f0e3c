import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deliverPendingDisplays } from '../../src/display/channel.ts';
import { throttleLatest } from '../../src/display/throttle.ts';

describe('throttleLatest', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('delivers the first at once, then the latest of each interval, and the last', () => {
    const delivered: number[] = [];
    const push = throttleLatest<number>(value => delivered.push(value), 100);
    for (let value = 1; value <= 10; value++) {
      push(value);
      vi.advanceTimersByTime(30);
    }
    expect(delivered).toEqual([1, 4, 7, 10]);
    push(11);
    vi.advanceTimersByTime(1000);
    expect(delivered.at(-1)).toBe(11);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('delivers within a loop that lets no timer run', () => {
    const delivered: number[] = [];
    const push = throttleLatest<number>(value => delivered.push(value), 100);
    const clock = vi.spyOn(performance, 'now');
    for (let value = 0; value < 1000; value++) {
      clock.mockReturnValue(10_000 + value);
      push(value);
    }
    expect(delivered).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
    vi.runAllTimers();
    expect(delivered.at(-1)).toBe(999);
  });

  it('delivers what waits when the cell ends, and not again', () => {
    const delivered: number[] = [];
    const push = throttleLatest<number>(value => delivered.push(value), 100);
    push(1);
    push(2);
    push(3);
    deliverPendingDisplays();
    expect(delivered).toEqual([1, 3]);
    vi.advanceTimersByTime(1000);
    deliverPendingDisplays();
    expect(delivered).toEqual([1, 3]);
  });
});
