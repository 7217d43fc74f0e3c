import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deliverPendingDisplays, type MimeBundle } from '../../src/display/channel.ts';
import { progress, progressBar } from '../../src/display/progress.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function recorded() {
  const drawn: MimeBundle[] = [];
  return {
    draw: (bundle: MimeBundle) => void drawn.push(bundle),
    texts: () => drawn.map(one => one['text/plain']),
    drawn,
  };
}

it('tells the share, the rate and the time left', () => {
  const { draw, texts, drawn } = recorded();
  for (const n of progress(draw, 10, { label: 'Reading <b>' })) {
    vi.advanceTimersByTime(1000);
    if (n === 3) break;
  }
  deliverPendingDisplays();
  expect(texts()[0]).toBe('[--------------------] Reading <b>: 0 of 10');
  expect(texts()).toContain('[##------------------] Reading <b>: 1 of 10 · 1/s · 9.0 s left');
  expect(texts().at(-1)).toBe('[######--------------] Reading <b>: stopped after 3 of 10 in 4.0 s');
  expect(drawn[0]!['text/html']).toContain('Reading &lt;b&gt;');
});

it('counts when nobody knows how many there will be', async () => {
  const { draw, texts } = recorded();
  async function* some() {
    yield* ['a', 'b'];
  }
  const got: string[] = [];
  for await (const item of progress(draw, some())) got.push(item);
  deliverPendingDisplays();
  expect(got).toEqual(['a', 'b']);
  expect(texts()[0]).toBe('[....................] 0');
  expect(texts().at(-1)).toBe('[####################] 2 in 0.0 s');
});

it('is moved by hand, and stays when it has ended', () => {
  const { draw, texts } = recorded();
  const bar = progressBar(draw, { total: 4 });
  bar.update(3);
  bar.step();
  bar.end();
  bar.step();
  deliverPendingDisplays();
  expect(texts()).toEqual(['[--------------------] 0 of 4', '[####################] 4 in 0.0 s']);
  expect(() => progressBar(draw).update(Number.NaN)).toThrow('progress bar: expected a number of steps, received NaN');
});

it('says what it cannot go through', () => {
  expect(() => progress(() => {}, { a: 1 } as never)).toThrow(
    'progress(items): expected a list, another iterable or a number of steps, received { a: 1 }',
  );
});
