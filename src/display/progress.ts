/** Progress bars for any loop. */
import { type BarState, barBundle, formatDuration } from './bar.ts';
import type { MimeBundle } from './channel.ts';
import { shortText } from './text.ts';
import { throttleLatest } from './throttle.ts';

export interface ProgressOptions {
  /** Stands before the numbers. */
  label?: string;
  /** How many steps there will be; the length of a list is known. Without it the bar only counts. */
  total?: number;
}

/** A bar that is moved by hand. */
export interface ProgressBar {
  /** So many steps further; one by default. */
  step(count?: number): void;
  /** So many steps in all. */
  update(done: number): void;
  /** Nothing more will come. */
  end(): void;
}

/** Draws a bundle in the place of the one before. */
export type Draw = (bundle: MimeBundle) => void;

const REDRAW_MS = 80;
/** Before that a rate says nothing. */
const RATE_AFTER_MS = 500;

export function progressBar(draw: Draw, { label, total }: ProgressOptions = {}): ProgressBar {
  const began = performance.now();
  let done = 0;
  let hasEnded = false;

  const redraw = throttleLatest((state: BarState['state']) => {
    const share = total === undefined ? (hasEnded ? 1 : undefined) : total === 0 ? 1 : done / total;
    const text = progressText({ label, total, done, elapsed: performance.now() - began, hasEnded });
    draw(barBundle({ share, text, state }));
  }, REDRAW_MS);
  redraw('running');
  const move = (next: number) => {
    if (hasEnded) return;
    if (!Number.isFinite(next)) {
      throw new TypeError(`progress bar: expected a number of steps, received ${shortText(next)}`);
    }
    done = next;
    redraw('running');
  };
  return {
    step: (count = 1) => move(done + count),
    update: move,
    end() {
      if (hasEnded) return;
      hasEnded = true;
      redraw(total === undefined || done >= total ? 'done' : 'failed');
    },
  };
}

interface Moment {
  label: string | undefined;
  total: number | undefined;
  done: number;
  elapsed: number;
  hasEnded: boolean;
}

function progressText({ label, total, done, elapsed, hasEnded }: Moment): string {
  const head = label ? `${label}: ` : '';
  const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 });
  const count = total === undefined ? number(done) : `${number(done)} of ${number(total)}`;
  if (hasEnded) {
    const isWhole = total === undefined || done >= total;
    return `${head}${isWhole ? number(done) : `stopped after ${count}`} in ${formatDuration(elapsed)}`;
  }
  if (elapsed < RATE_AFTER_MS || done <= 0) return head + count;
  const rate = (1000 * done) / elapsed;
  const speed = rate >= 1 ? `${number(Number(rate.toPrecision(3)))}/s` : `${formatDuration(1000 / rate)} each`;
  const left =
    total === undefined || done > total ? '' : ` · ${formatDuration((elapsed * (total - done)) / done)} left`;
  return `${head}${count} · ${speed}${left}`;
}

type Items<T> = Iterable<T> | AsyncIterable<T>;

/** Gives the items one by one and draws how far they have come; a number stands for 0, 1, … below it. */
export function progress<I extends Items<unknown> | number>(
  draw: Draw,
  items: I,
  options: ProgressOptions = {},
): ProgressOver<I> {
  const total = options.total ?? lengthOf(items);
  const start = () => progressBar(draw, { ...options, total });
  if (typeof items === 'number') return follow(upTo(items), start) as ProgressOver<I>;
  if (isIterable(items)) return follow(items, start) as ProgressOver<I>;
  if (isAsyncIterable(items)) return followAsync(items, start) as ProgressOver<I>;
  throw new TypeError(
    `progress(items): expected a list, another iterable or a number of steps, received ${shortText(items)}`,
  );
}

export type ProgressOver<I> = I extends number
  ? Generator<number>
  : I extends Iterable<infer T>
    ? Generator<T>
    : I extends AsyncIterable<infer T>
      ? AsyncGenerator<T>
      : never;

function lengthOf(items: unknown): number | undefined {
  if (typeof items === 'number') return items;
  const { length, size } = (items ?? {}) as { length?: unknown; size?: unknown };
  return typeof length === 'number' ? length : typeof size === 'number' ? size : undefined;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return value !== null && value !== undefined && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function';
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  const items = value as AsyncIterable<unknown> | null | undefined;
  return items !== null && items !== undefined && typeof items[Symbol.asyncIterator] === 'function';
}

function* upTo(end: number): Generator<number> {
  for (let i = 0; i < end; i++) yield i;
}

function* follow<T>(items: Iterable<T>, start: () => ProgressBar): Generator<T> {
  const bar = start();
  try {
    for (const item of items) {
      yield item;
      bar.step();
    }
  } finally {
    bar.end();
  }
}

async function* followAsync<T>(items: AsyncIterable<T>, start: () => ProgressBar): AsyncGenerator<T> {
  const bar = start();
  try {
    for await (const item of items) {
      yield item;
      bar.step();
    }
  } finally {
    bar.end();
  }
}
