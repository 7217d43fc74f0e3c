import { stripVTControlCharacters } from 'node:util';
import colour from 'picocolors';
import type { CellRun } from '../course/index.ts';
import { bundleText } from '../display/bundle-text.ts';
import type { Message } from '../kernel/protocol/message.ts';

/** A table that is cut, with its names and its size, fits. */
const MAX_RESULT_LINES = 14;
const MARKS = { ok: colour.green('✓'), raised: colour.green('✓'), error: colour.red('✗'), timeout: colour.red('✗') };

/** Prints a running notebook to a terminal: a line a cell, its text output indented below. */
export class CellPrinter {
  private readonly quiet: boolean;
  private atLineStart = true;
  /** Displays that are redrawn while the cell runs: a terminal shows how they end. */
  private readonly live = new Map<string, string>();

  constructor({ quiet }: { quiet: boolean }) {
    this.quiet = quiet;
  }

  start({ number, of, source }: { number: number; of: number; source: string }): void {
    if (this.quiet) return;
    console.log(`${colour.dim(`[${String(number).padStart(String(of).length)}/${of}]`)} ${headline(source)}`);
  }

  end(run: CellRun): void {
    for (const text of this.live.values()) this.print(`${shorten(text)}\n`);
    this.live.clear();
    this.endLine();
    const seconds = colour.dim(`${(run.timeMs / 1000).toFixed(1)} s`);
    const note = run.status === 'raised' ? colour.dim(` (raised ${errorOf(run)}, as it should)`) : '';
    if (this.quiet)
      console.log(`  ${MARKS[run.status]} ${run.number}/${run.of} ${headline(run.source)} ${seconds}${note}`);
    else console.log(`      ${MARKS[run.status]} ${seconds}${note}`);
  }

  output({ header, content }: Message): void {
    if (this.quiet) return;
    if (header.msg_type === 'stream') this.print(String(content.text));
    if (!['execute_result', 'display_data', 'update_display_data'].includes(header.msg_type)) return;
    const text = bundleText(content.data as Record<string, unknown>);
    const displayId = (content.transient as { display_id?: string } | undefined)?.display_id;
    if (displayId === undefined) this.print(`${shorten(text)}\n`);
    else this.live.set(displayId, text);
  }

  private print(text: string): void {
    for (const part of text.split(/(?<=\n)/)) {
      if (this.atLineStart) process.stdout.write('      ');
      process.stdout.write(part);
      this.atLineStart = part.endsWith('\n');
    }
  }

  private endLine(): void {
    if (!this.atLineStart) process.stdout.write('\n');
    this.atLineStart = true;
  }
}

function errorOf({ outputs }: CellRun): string {
  const error = outputs.find(output => output.output_type === 'error');
  const line = error && stripVTControlCharacters(`${error.ename}: ${error.evalue}`).split('\n')[0]!;
  return line ? cut(line) : 'an error';
}

/** The cell's first line with code in it. */
function headline(source: string): string {
  const lines = source.split('\n').map(line => line.trim());
  const first = lines.find(line => line !== '' && !/^(\/\/|\/\*|\*|import\b|export\b)/.test(line)) ?? lines[0] ?? '';
  return cut(stripVTControlCharacters(first));
}

function cut(line: string): string {
  return line.length > 72 ? `${line.slice(0, 71)}…` : line;
}

function shorten(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= MAX_RESULT_LINES) return text;
  return [...lines.slice(0, MAX_RESULT_LINES), colour.dim(`… ${lines.length - MAX_RESULT_LINES} lines more`)].join(
    '\n',
  );
}
