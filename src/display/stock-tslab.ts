import type { DisplayChannel, MimeBundle } from './channel.ts';

/** What of tslab's display API is used here. */
interface TslabDisplay {
  raw(mimeType: string, content: string | Uint8Array): void;
}

interface Tslab {
  newDisplay(): TslabDisplay;
}

/** tslab's display carries one form of a value: the first of these that there is. */
const FORMS = ['text/html', 'image/svg+xml', 'image/png', 'image/jpeg', 'text/markdown', 'text/latex', 'text/plain'];

const displays = new Map<string, TslabDisplay>();

/** The display of tslab's own kernel, when this code runs there, so that a chapter shows its pictures there too. */
export function stockTslabChannel(): Pick<DisplayChannel, 'display'> | undefined {
  const { __tslab__: cell } = globalThis as { __tslab__?: { require(name: string): unknown } };
  if (typeof cell?.require !== 'function') return undefined;
  const tslab = cell.require('tslab') as Tslab;
  return {
    display(bundle, { displayId, update } = {}) {
      const form = bestForm(bundle);
      if (form === undefined) return;
      const known = displayId === undefined ? undefined : displays.get(displayId);
      if (update && !known) return;
      const place = known ?? tslab.newDisplay();
      if (displayId !== undefined) displays.set(displayId, place);
      place.raw(...form);
    },
  };
}

function bestForm(bundle: MimeBundle): [mimeType: string, content: string | Uint8Array] | undefined {
  const mimeType = FORMS.find(form => typeof bundle[form] === 'string');
  if (mimeType === undefined) return undefined;
  const content = bundle[mimeType] as string;
  return [mimeType, /^image\/(png|jpeg)$/.test(mimeType) ? Buffer.from(content, 'base64') : content];
}
