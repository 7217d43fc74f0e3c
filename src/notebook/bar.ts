import { DISPLAY, type Displayable } from '../display/channel.ts';
import { escapeHtml } from '../display/html.ts';

export interface BarState {
  /** 0…1; undefined while nobody knows. */
  share: number | undefined;
  text: string;
  state: 'running' | 'done' | 'failed';
}

const COLOURS = { running: '#1279bd', done: '#079b74', failed: '#d0521f' };
const LETTERS = 20;

/** A progress bar as a value that can be shown. */
export function bar({ share, text, state }: BarState): Displayable {
  const known = Math.min(1, Math.max(0, share ?? 0));
  const percent = Math.round(known * 1000) / 10;
  const html = [
    '<div style="display:flex;align-items:center;gap:.8em;font-size:.92em;font-variant-numeric:tabular-nums">',
    `<div role="progressbar" aria-valuenow="${percent}" style="flex:0 1 260px;height:7px;border-radius:4px;background:rgba(128,134,145,.25);overflow:hidden">`,
    `<div style="width:${percent}%;height:100%;border-radius:4px;background:${COLOURS[state]}"></div></div>`,
    `<span>${escapeHtml(text)}</span></div>`,
  ].join('');
  const full = Math.round(known * LETTERS);
  const plain = `[${'#'.repeat(full)}${'-'.repeat(LETTERS - full)}] ${text}`;
  return { [DISPLAY]: () => ({ 'text/html': html, 'text/plain': plain }) };
}

/** `0.8 s`, `12 s`, `3 min 20 s` */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
