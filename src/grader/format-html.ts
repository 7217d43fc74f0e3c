import { invitation, verdictWords } from './format-text.ts';
import type { CheckReport } from './result.ts';
import type { CheckOutcome } from './run-checks.ts';

/*
 * Only inline styles, translucent tints and the page's own text colour, so that a card reads well on a light and on a
 * dark page, in Lab, in an exported page and on GitHub, where style sheets are taken out.
 */
const COLOURS = { passed: '#2da44e', failed: '#d1373f', broken: '#b7791f', 'not-attempted': '#8a8f98' } as const;
const TINTS = {
  passed: 'rgba(45,164,78,.10)',
  failed: 'rgba(209,55,63,.09)',
  broken: 'rgba(183,121,31,.10)',
  'not-attempted': 'rgba(138,143,152,.12)',
} as const;
const SYMBOLS = { passed: '✓', failed: '✗', broken: '!', 'not-attempted': '○' } as const;
const CODE = 'font-family:var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace);font-size:.92em';

/** A report as a card. */
export function resultHtml(report: CheckReport): string {
  const { status } = report;
  const head =
    `<div style="display:flex;align-items:baseline;gap:.6em;font-weight:600">` +
    `<span style="color:${COLOURS[status]};font-size:1.15em" aria-hidden="true">${SYMBOLS[status]}</span>` +
    `<span>${escapeHtml(report.title)}</span>` +
    `<span style="font-weight:400;opacity:.75">${escapeHtml(verdictWords(report))}</span></div>`;
  const todo =
    status === 'not-attempted' ? `<div style="margin:.35em 0 .2em 1.75em">${codeSpans(invitation(report))}</div>` : '';
  // One failure at a time: the others are told by their titles, and open at a click.
  const first = report.checks.find(isTold);
  const rows = report.checks.map(check => checkRow(check, check === first));
  return card(status, head + todo + misconception(report) + rows.join(''));
}

/** A frame with the colour of a status at its left edge. */
export function card(status: keyof typeof COLOURS, inner: string): string {
  return (
    `<div style="border-left:4px solid ${COLOURS[status]};background:${TINTS[status]};border-radius:4px;` +
    `padding:.7em 1em;margin:.3em 0;max-width:56em;line-height:1.5;color:inherit">${inner}</div>`
  );
}

/** Has a failure to tell. */
function isTold({ status }: CheckOutcome): boolean {
  return status === 'failed' || status === 'broken';
}

function checkRow(check: CheckOutcome, isOpen: boolean): string {
  const mark = `<span style="color:${COLOURS[check.status]};font-weight:700;width:1em;flex:none" aria-label="${check.status}">${SYMBOLS[check.status]}</span>`;
  const title = `<span${check.status === 'not-attempted' ? ' style="opacity:.8"' : ''}>${escapeHtml(check.title)}</span>`;
  const text = isTold(check)
    ? `<details${isOpen ? ' open' : ''} style="flex:1;min-width:0">` +
      `<summary style="cursor:pointer">${title}</summary>${details(check)}</details>`
    : title;
  return `<div style="display:flex;gap:.6em;margin:.35em 0 0 .1em">${mark}${text}</div>`;
}

function details(check: CheckOutcome): string {
  const rows = [
    ...check.tried
      .slice(-3)
      .map((call, i) =>
        line(
          i === 0 ? 'tried' : '',
          `<code style="${CODE};background:none;padding:0;color:inherit">${escapeHtml(call)}</code>`,
        ),
      ),
    line('received', codeSpans(check.received ?? '')),
    check.expected ? line('expected', escapeHtml(check.expected)) : '',
    check.because ? line('because', codeSpans(check.because)) : '',
    check.hint ? line('hint', codeSpans(check.hint)) : '',
  ];
  return `<div style="display:grid;grid-template-columns:max-content 1fr;gap:.15em .9em;margin:.3em 0 .7em 1.1em">${rows.join('')}</div>`;
}

function line(label: string, html: string): string {
  return `<span style="opacity:.65">${label}</span><span style="overflow-wrap:anywhere">${html}</span>`;
}

function misconception(report: CheckReport): string {
  if (!report.misconception) return '';
  return (
    `<div style="margin:.6em 0;padding:.6em .9em;border-radius:4px;background:rgba(84,125,220,.13)">` +
    `<div style="font-weight:600">What seems to have happened</div>${codeSpans(report.misconception.explanation)}</div>`
  );
}

/** Escaped text in which `…` marks code. */
export function codeSpans(text: string): string {
  return escapeHtml(text).replace(
    /`([^`]+)`/g,
    `<code style="${CODE};background:none;padding:0;color:inherit;font-weight:600">$1</code>`,
  );
}

export function escapeHtml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, char => named[char]!);
}
