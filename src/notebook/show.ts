import { randomUUID } from 'node:crypto';
import { bundleOf } from '../display/bundle.ts';
import { isDisplayable, type MimeBundle } from '../display/channel.ts';
import { currentSink, printingSink, type Sink } from './sink.ts';
import { throttleLatest } from '../display/throttle.ts';

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
 * const picture = show(plot.line(losses));
 * for (…) picture.update(plot.line(losses));
 */
export function show(...values: unknown[]): Shown {
  const places = values.map(value => showOne(value, currentSink() ?? printingSink));
  return {
    update: (...next) => {
      places.forEach((place, i) => {
        if (i < next.length) place.update(next[i]);
      });
    },
  };
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
    bundle.then(
      ready => {
        if (mine === version) sink.display(ready, { displayId, update: true });
      },
      (error: unknown) => sink.display(failure(error), { displayId, update: true }),
    );
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
  return { 'text/plain': `This value could not be shown: ${error instanceof Error ? error.message : String(error)}` };
}
