import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { LearnableError } from '../core/index.ts';
import { type CheckReport, courseRoot, findExercise, RESULT_MIME } from '../grader/index.ts';
import { type ExecuteResult, type KernelProcess, startKernel } from '../kernel/client/index.ts';
import type { Message } from '../kernel/protocol/message.ts';
import { stubSource } from './chapter-notebook.ts';
import { type Cell, type Notebook, readNotebook } from './notebook.ts';

export interface CellRun {
  id: string;
  /** Its place among the code cells, from 1, and how many there are. */
  number: number;
  of: number;
  source: string;
  /** `raised`: threw, as its tag `raises-exception` allows. */
  status: 'ok' | 'raised' | 'error' | 'timeout';
  outputs: ExecuteResult['outputs'];
  timeMs: number;
}

export interface RunOptions {
  /** Run the exercises' solutions in place of their stubs. */
  solutions?: boolean;
  /** Called before a cell runs, and again when it has. */
  onCell?(event: { phase: 'start' | 'end'; number: number; of: number; source: string; run?: CellRun }): void;
  /** Called with each message of output, as it arrives. */
  onOutput?(message: Message): void;
  /** Stops the run: the cell is interrupted and the kernel ended. */
  signal?: AbortSignal;
  /** Longest time for one cell, ms; no limit without it. */
  timeout?: number;
  root?: string;
}

export interface RunFailure {
  cell: CellRun;
  ename: string;
  evalue: string;
  traceback: string[];
}

export interface RunResult {
  notebook: string;
  status: 'ok' | 'error' | 'aborted';
  /** The cells that ran; those after a failure did not. */
  cells: CellRun[];
  /** What the check cells found, in order. */
  checks: CheckReport[];
  failure?: RunFailure;
  timeMs: number;
}

/**
 * Runs a notebook from top to bottom in a kernel of its own, in the notebook's folder, and stops at the first cell that
 * fails. The file stays as it is. Throws for a file that cannot be run at all; a failing cell is a result.
 */
export async function runNotebook(path: string, options: RunOptions = {}): Promise<RunResult> {
  const start = performance.now();
  const cells = codeCells(path, options);
  const kernel = await startKernel({ cwd: dirname(resolve(path)) });
  const done: CellRun[] = [];
  let failure: RunFailure | undefined;
  try {
    for (const [i, cell] of cells.entries()) {
      if (options.signal?.aborted) break;
      const place = { number: i + 1, of: cells.length, source: cell.source };
      options.onCell?.({ phase: 'start', ...place });
      const run = await runCell(kernel, cell, place, options);
      done.push(run);
      options.onCell?.({ phase: 'end', ...place, run });
      failure = failureOf(run);
      if (failure) break;
    }
  } finally {
    await kernel.shutdown();
  }
  const status = options.signal?.aborted ? 'aborted' : failure ? 'error' : 'ok';
  return { notebook: path, status, cells: done, checks: checksOf(done), failure, timeMs: performance.now() - start };
}

function codeCells(path: string, { solutions = false, root = courseRoot }: RunOptions): Cell[] {
  if (!existsSync(path)) throw new LearnableError(`There is no notebook ${path}.`, { hint: 'Is the path right?' });
  const notebook: Notebook = readNotebook(readFileSync(path, 'utf8'), basename(path));
  const cells = notebook.cells.filter(cell => cell.cell_type === 'code' && cell.source.trim() !== '');
  if (cells.length === 0) throw new LearnableError(`${basename(path)} has no code cells: there is nothing to run.`);
  return solutions ? cells.map(cell => solved(cell, root)) : cells;
}

function solved(cell: Cell, root: string): Cell {
  const id = (cell.metadata.learnable as { exercise?: string } | undefined)?.exercise;
  if (!id) return cell;
  return { ...cell, source: stubSource(readFileSync(findExercise(id, root).solution, 'utf8')) };
}

async function runCell(
  kernel: KernelProcess,
  cell: Cell,
  place: { number: number; of: number; source: string },
  { onOutput, signal, timeout }: RunOptions,
): Promise<CellRun> {
  const mayRaise = ((cell.metadata.tags as string[] | undefined) ?? []).includes('raises-exception');
  const start = performance.now();
  let timedOut = false;
  const stop = () => void kernel.interrupt();
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          stop();
        }, timeout);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { status, outputs } = await kernel.execute(cell.source, { onOutput, stopOnError: !mayRaise });
    const ended = status === 'ok' ? 'ok' : timedOut ? 'timeout' : mayRaise ? 'raised' : 'error';
    return { id: cell.id, ...place, status: ended, outputs, timeMs: performance.now() - start };
  } catch (error) {
    // The kernel itself has ended: that is the cell's failure, with the reason that is known.
    const { name, message } = error as Error;
    const output = { output_type: 'error' as const, ename: name, evalue: message, traceback: [`${name}: ${message}`] };
    return { id: cell.id, ...place, status: 'error', outputs: [output], timeMs: performance.now() - start };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function failureOf(cell: CellRun): RunFailure | undefined {
  if (cell.status === 'ok' || cell.status === 'raised') return undefined;
  const error = cell.outputs.findLast(isError);
  if (cell.status === 'timeout') {
    const evalue = `cell ${cell.number} ran for ${(cell.timeMs / 1000).toFixed(1)} s and was stopped at its limit`;
    return { cell, ename: 'Timeout', evalue, traceback: error?.traceback ?? [] };
  }
  return {
    cell,
    ename: error?.ename ?? 'Error',
    evalue: error?.evalue ?? 'no reason given',
    traceback: error?.traceback ?? [],
  };
}

type CellOutput = ExecuteResult['outputs'][number];

function isError(output: CellOutput): output is Extract<CellOutput, { output_type: 'error' }> {
  return output.output_type === 'error';
}

function checksOf(cells: readonly CellRun[]): CheckReport[] {
  return cells.flatMap(cell =>
    cell.outputs.flatMap(output =>
      'data' in output && RESULT_MIME in output.data ? [output.data[RESULT_MIME] as CheckReport] : [],
    ),
  );
}
