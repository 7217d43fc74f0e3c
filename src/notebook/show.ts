import { randomUUID } from 'node:crypto';
import { bundleOf } from '../display/bundle.ts';
import {
  alreadyShown,
  DISPLAY,
  type Displayable,
  holdCellFor,
  isDisplayable,
  type MimeBundle,
} from '../display/channel.ts';
import { contentOf, imageBundle } from '../display/content.ts';
import {
  type ProgressBar,
  type ProgressOptions,
  type ProgressOver,
  progress,
  progressBar,
} from '../display/progress.ts';
import { messageOf, plainText } from '../display/text.ts';
import { throttleLatest } from '../display/throttle.ts';
import { currentSink, printingSink, type Sink } from './sink.ts';

/** What was shown, to be redrawn in place. */
export interface Shown {
  /**
   * Shows something else in the same place. In a loop, at most about twelve times a second: what comes between is
   * dropped, and the last is always shown.
   */
  update(...values: unknown[]): void;
}

const REDRAW_MS = 80;

/**
 * Shows figures, data frames, tensors, anything, below the cell. Outside a notebook it prints them as text.
 *
 * @example
 * const losses = [3];
 * const picture = show(plot.line(losses));
 * while (losses.length < 9) picture.update(plot.line((losses.push(3 / losses.length), losses)));
 */
export const show = Object.assign(showAll, {
  /** Formulas in LaTeX, between dollar signs. */
  latex: (text: string): Shown => show(own({ 'text/latex': contentOf('show.latex', 'text/latex', text) }, text)),
  /** An object as a tree that can be folded. */
  json: (value: object): Shown =>
    show(own({ 'application/json': contentOf('show.json', 'application/json', value) }, plainText(value))),
  /** A PNG, JPEG, GIF or WebP image from its bytes. */
  image: (bytes: Uint8Array | ArrayBuffer): Shown => show(own(imageBundle('show.image', bytes))),
  /**
   * Gives the items one by one, and draws a bar of how far they have come; a number stands for 0, 1, … below it.
   *
   * @example for (const row of show.progress(rows, { label: 'Reading' })) …
   */
  progress: <I extends number | Iterable<unknown> | AsyncIterable<unknown>>(
    items: I,
    options?: ProgressOptions,
  ): ProgressOver<I> => progress(redrawn(), items, options),
  /** A progress bar that is moved by hand: `step()`, `update(done)`, `end()`. */
  progressBar: (options?: ProgressOptions): ProgressBar => progressBar(redrawn(), options),
});

function own(bundle: MimeBundle, plain?: string): Displayable {
  return { [DISPLAY]: () => (plain === undefined ? bundle : { ...bundle, 'text/plain': plain }) };
}

/** A place on the page that takes its first content when it comes. */
function redrawn(): (bundle: MimeBundle) => void {
  let place: { update(value: unknown): void } | undefined;
  return bundle => {
    if (place) place.update(own(bundle));
    else place = showOne(own(bundle), currentSink() ?? printingSink);
  };
}

function showAll(...values: unknown[]): Shown {
  const places = values.map(value => showOne(value, currentSink() ?? printingSink));
  return alreadyShown({
    update: (...next: unknown[]) => {
      places.forEach((place, i) => {
        if (i < next.length) place.update(next[i]);
      });
    },
  });
}

/** One display with an id of its own, redrawn in place by `update`. */
export function showOne(value: unknown, sink: Sink): { update(value: unknown): void } {
  const displayId = randomUUID();
  let version = 0;

  const send = (bundle: MimeBundle | Promise<MimeBundle>, update: boolean) => {
    const mine = ++version;
    if (!(bundle instanceof Promise)) return sink.display(bundle, { displayId, update });
    // The place is taken now, so that what is shown next stands below it.
    if (!update) sink.display({ 'text/plain': '…' }, { displayId, update: false });
    const drawing = bundle.then(
      ready => {
        if (mine === version) sink.display(ready, { displayId, update: true });
      },
      (error: unknown) => sink.display(failure(error), { displayId, update: true }),
    );
    holdCellFor(drawing);
  };
  const redraw = throttleLatest((draw: () => MimeBundle | Promise<MimeBundle>) => {
    let bundle: MimeBundle | Promise<MimeBundle>;
    try {
      bundle = draw();
    } catch (error) {
      bundle = failure(error);
    }
    send(bundle, true);
  }, REDRAW_MS);

  send(shownOf(value), false);
  return {
    update(next) {
      // A figure is drawn only if its turn comes; a tensor or a list may have changed or be gone by then.
      const ready = isDisplayable(next) ? undefined : shownOf(next);
      redraw(() => ready ?? shownOf(next));
    },
  };
}

/** As the value of a cell, but for a text, which is there to be read: it has no quotes. */
function shownOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  return typeof value === 'string' ? { 'text/plain': value } : bundleOf(value);
}

function failure(error: unknown): MimeBundle {
  return { 'text/plain': `This value could not be shown: ${messageOf(error)}` };
}
