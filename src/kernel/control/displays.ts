import type { MimeBundle } from '../../display/channel.ts';
import type { FromUser } from '../threads.ts';
import { CountedOutput } from './counted-output.ts';

type DisplayMessage = Extract<FromUser, { type: 'display' }>;
type Publish = (
  type: 'display_data' | 'update_display_data',
  content: Record<string, unknown>,
  cell: number | undefined,
) => Promise<void>;

/** Between two redraws of one display: more often no eye can follow, and a browser drowns. */
const INTERVAL_MS = 40;

interface Place {
  lastMs: number;
  waiting: DisplayMessage | undefined;
}

/**
 * Sends displays on, and of the redraws of one display at most 25 a second: the latest, and the last one always. It lives on this
 * thread because a cell that spins lets no timer of its own run.
 */
export class Displays extends CountedOutput<Publish> {
  #places = new Map<string, Place>();
  #timer: NodeJS.Timeout | undefined;

  show(message: DisplayMessage): void {
    if (message.displayId === undefined) {
      this.#send(message);
      return;
    }
    const place = this.#places.get(message.displayId);
    if (!place || !message.update) {
      // A new display under an old name: what waits belongs to those before it.
      if (place?.waiting) this.#redraw(place);
      this.#places.set(message.displayId, { lastMs: performance.now(), waiting: undefined });
      this.#timer ??= setTimeout(() => this.#tick(), INTERVAL_MS);
      this.#send(message);
      return;
    }
    if (place.waiting) this.release(place.waiting.cost);
    place.waiting = message;
    if (performance.now() - place.lastMs >= INTERVAL_MS) this.#redraw(place);
  }

  /** Sends what waits: at the end of a cell, and before anything that must come after it. */
  flush(): void {
    for (const place of this.#places.values()) if (place.waiting) this.#redraw(place);
  }

  #tick(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [displayId, place] of this.#places) {
      if (now - place.lastMs < INTERVAL_MS) continue;
      if (place.waiting) this.#redraw(place);
      else this.#places.delete(displayId); // the next redraw may leave at once, as the first of a place
    }
    if (this.#places.size > 0) this.#timer = setTimeout(() => this.#tick(), INTERVAL_MS);
  }

  #redraw(place: Place): void {
    const message = place.waiting!;
    place.waiting = undefined;
    place.lastMs = performance.now();
    this.#send(message);
  }

  #send(message: DisplayMessage): void {
    const { data, metadata } = JSON.parse(message.bundle) as { data: MimeBundle; metadata: Record<string, unknown> };
    const transient = message.displayId === undefined ? {} : { display_id: message.displayId };
    const type = message.update ? 'update_display_data' : 'display_data';
    void this.publish(type, { data, metadata, transient }, message.cell).finally(() => this.release(message.cost));
  }
}
