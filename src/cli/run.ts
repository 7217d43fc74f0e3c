import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Command, InvalidArgumentError } from 'commander';
import colour from 'picocolors';
import { type CellRun, type RunResult, runNotebook } from '../course/index.ts';
import { CellPrinter } from './cell-printer.ts';

interface RunFlags {
  solutions?: boolean;
  timeout?: number;
  quiet?: boolean;
  json?: string;
}

export function addRun(program: Command): void {
  program
    .command('run')
    .description('run notebooks from top to bottom, without a browser; exits with 1 at the first cell that fails')
    .argument('<notebook...>', 'notebooks, such as notebooks/01-training.ipynb')
    .option('--solutions', "run the exercises' solutions in place of their stubs")
    .option('--timeout <seconds>', 'stop a cell that runs for longer', parseSeconds)
    .option('--quiet', 'print the cells and their times, not their output')
    .option('--json <file>', 'write what each cell gave to a file')
    .action(async (notebooks: string[], flags: RunFlags) => {
      const results: RunResult[] = [];
      const stopping = new AbortController();
      process.once('SIGINT', () => stopping.abort());
      for (const notebook of notebooks) {
        const result = await runOne(notebook, flags, stopping.signal);
        results.push(result);
        if (result.status !== 'ok') process.exitCode = result.status === 'aborted' ? 130 : 1;
        if (stopping.signal.aborted) break;
      }
      if (flags.json) writeFileSync(path.resolve(flags.json), `${JSON.stringify(results, undefined, 1)}\n`);
    });
}

async function runOne(notebook: string, flags: RunFlags, signal: AbortSignal): Promise<RunResult> {
  console.log(colour.bold(notebook));
  const printer = new CellPrinter({ quiet: flags.quiet ?? false });
  const result = await runNotebook(notebook, {
    solutions: flags.solutions ?? false,
    signal,
    ...(flags.timeout === undefined ? {} : { timeout: flags.timeout * 1000 }),
    onOutput: message => printer.output(message),
    onCell: event => (event.phase === 'start' ? printer.start(event) : printer.end(event.run as CellRun)),
  });
  const seconds = (result.timeMs / 1000).toFixed(1);
  if (result.failure) {
    const { cell, ename, evalue, traceback } = result.failure;
    console.log(`\n${colour.red('✗')} cell ${cell.number} of ${cell.of} failed: ${ename}: ${evalue}\n`);
    const text = traceback.join('\n');
    console.log(colour.isColorSupported ? text : stripVTControlCharacters(text));
  } else if (result.status === 'aborted') {
    console.log(`\n${colour.yellow('!')} stopped after ${result.cells.length} cells`);
  } else {
    console.log(`${colour.green('✓')} ${result.cells.length} cells in ${seconds} s${checksText(result)}\n`);
  }
  return result;
}

function checksText({ checks }: RunResult): string {
  if (checks.length === 0) return '';
  const passed = checks.filter(check => check.status === 'passed').length;
  return `; exercises passed: ${passed} of ${checks.length}`;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('Expected a number of seconds above 0.');
}
