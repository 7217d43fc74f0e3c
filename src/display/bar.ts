import { DISPLAY, type Displayable, type MimeBundle } from './channel.ts';
import { escapeHtml } from './html.ts';

export interface BarState {
  /** 0…1; undefined while nobody knows. */
  share: number | undefined;
  text: string;
  state: 'running' | 'done' | 'failed';
}

const COLOURS = { running: '#1279bd', done: '#079b74', failed: '#d0521f' };
const LETTERS = 20;

/** A progress bar as a value that can be shown. */
export function bar(state: BarState): Displayable {
  return { [DISPLAY]: () => barBundle(state) };
}

export function barBundle({ share, text, state }: BarState): MimeBundle {
  const known = Math.min(1, Math.max(0, share ?? 0));
  const percent = Math.round(known * 1000) / 10;
  const isOpen = share === undefined && state === 'running';
  const colour = COLOURS[state];
  const fill = isOpen
    ? `width:100%;opacity:.55;background:repeating-linear-gradient(115deg,${colour} 0 10px,transparent 10px 20px)`
    : `width:${percent}%;background:${colour}`;
  const html = [
    '<div style="display:flex;align-items:center;gap:.8em;font-size:.92em;font-variant-numeric:tabular-nums">',
    `<div role="progressbar"${isOpen ? '' : ` aria-valuenow="${percent}"`} style="flex:0 1 260px;height:7px;border-radius:4px;background:rgba(128,134,145,.25);overflow:hidden">`,
    `<div style="height:100%;border-radius:4px;${fill}"></div></div>`,
    `<span>${escapeHtml(text)}</span></div>`,
  ].join('');
  const full = Math.round(known * LETTERS);
  const letters = isOpen ? '.'.repeat(LETTERS) : '#'.repeat(full) + '-'.repeat(LETTERS - full);
  return { 'text/html': html, 'text/plain': `[${letters}] ${text}` };
}

/** `0.8 s`, `12 s`, `3 min 20 s` */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
