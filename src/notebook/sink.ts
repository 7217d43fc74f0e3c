import { type DisplayChannel, displayChannel } from '../display/channel.ts';
import { stockTslabChannel } from '../display/stock-tslab.ts';

/** Where displays go. The kernel's channel is one; a test or another kernel may bring its own. */
export type Sink = Pick<DisplayChannel, 'display'>;

let replacement: Sink | undefined;

/** Sends all displays elsewhere; the returned function ends that. */
export function useSink(sink: Sink): () => void {
  const before = replacement;
  replacement = sink;
  return () => {
    replacement = before;
  };
}

/** The place for displays; undefined outside a notebook. */
export function currentSink(): Sink | undefined {
  return replacement ?? displayChannel() ?? stockTslabChannel();
}

/** Outside a notebook a value is printed once, as text; what would redraw it in place is left out. */
export const printingSink: Sink = {
  display(bundle, options) {
    const text = bundle['text/plain'];
    if (!options?.update && typeof text === 'string') process.stdout.write(`${text}\n`);
  },
};
