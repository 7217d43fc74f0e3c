import type { Figure, Figures, Row } from './measure.ts';
import type { Peer } from './peers.ts';

/** What each row is called, and what we aim for; times in ms, memory in MB. */
const ROWS: Record<Row, { title: string; aim?: number }> = {
  ready: { title: 'ready', aim: 500 },
  firstCell: { title: 'ready, and a first cell run' },
  trivial: { title: 'trivial cell', aim: 3 },
  trivialInARow: { title: '… one right after another' },
  importTfjs: { title: 'import of tfjs' },
  tfjs: { title: 'cell using tfjs', aim: 8 },
  completion: { title: 'completion after `tf.`', aim: 10 },
  completionWhileBusy: { title: '… while a cell runs', aim: 10 },
  interruptAwaited: { title: 'interrupt of a pending await' },
  interruptTight: { title: 'interrupt of a tight loop' },
  interruptAfterAwait: { title: 'interrupt of a loop after an await' },
  lines: { title: '100,000 lines', aim: 500 },
  memoryIdle: { title: 'memory idle, MB', aim: 250 },
  memoryAfter: { title: 'memory after 150 cells, MB', aim: 300 },
};

export interface Measured {
  peer: Peer;
  figures: Figures;
}

/** A Markdown table: ours, then each peer with how many times our figure it is. */
export function table(measured: Measured[]): string {
  const [ours] = measured;
  const lines = [
    `| ms | aim | ${measured.map(({ peer }) => peer.name).join(' | ')} |`,
    `|---|${'---|'.repeat(measured.length + 1)}`,
  ];
  for (const [row, { title, aim }] of Object.entries(ROWS) as [Row, { title: string; aim?: number }][]) {
    const own = ours?.figures[row];
    const cells = measured.map(({ figures }, index) => show(figures[row], index === 0 ? undefined : own));
    lines.push(`| ${[title, aim ?? '', ...cells].join(' | ')} |`);
  }
  return lines.join('\n');
}

function show(figure: Figure | undefined, ours: Figure | undefined): string {
  if (figure === undefined) return '–';
  if (typeof figure === 'string') return figure;
  const ratio = typeof ours === 'object' ? ` (× ${rounded(figure.value / ours.value)})` : '';
  return `${rounded(figure.value)}${ratio}${figure.note ? `, ${figure.note}` : ''}`;
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
