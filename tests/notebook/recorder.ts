import type { DisplayOptions, MimeBundle } from '../../src/display/channel.ts';
import type { Sink } from '../../src/notebook/index.ts';

export interface Displayed {
  bundle: MimeBundle;
  options: DisplayOptions;
}

/** A sink that keeps what it is given. */
export function recorder(): Sink & { calls: Displayed[]; texts(): unknown[] } {
  const calls: Displayed[] = [];
  return {
    calls,
    display: (bundle, options = {}) => {
      calls.push({ bundle, options });
    },
    texts: () => calls.map(call => call.bundle['text/plain']),
  };
}
