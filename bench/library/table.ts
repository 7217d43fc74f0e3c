import type { Figure, Measured } from './measure.ts';

/** A Markdown table: ours, then each peer with how many times as long as ours it took, and whether ours meets its aim. */
export function table(rows: readonly Measured[]): string {
  const lines = ['| ms of processor time | size | learnable | npm | Python | met |', '|---|---|---|---|---|---|'];
  for (const { name, size, ours, npm, python } of rows) {
    const meetsNpm = !npm || ours.ms <= npm.ms;
    const meetsPython = !python || ours.ms <= 3 * python.ms;
    const peer = (figure: ({ name: string } & Figure) | undefined) =>
      figure ? `${figure.name} ${shown(figure)} (${compared(ours.ms / figure.ms)})` : '–';
    const met = meetsNpm && meetsPython ? 'yes' : `no: ${meetsNpm ? 'Python' : 'npm'}`;
    lines.push(`| ${[name, size, shown(ours), peer(npm), peer(python), met].join(' | ')} |`);
  }
  return lines.join('\n');
}

function shown({ ms, found }: Figure): string {
  return `${rounded(ms)} → ${found}`;
}

/** Ours took so many times as long, or is so many times as fast. */
function compared(ratio: number): string {
  return ratio > 1 ? `ours × ${rounded(ratio)}` : `ours ${rounded(1 / ratio)} times as fast`;
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
