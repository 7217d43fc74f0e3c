import type { Checker, Diagnostic } from '../checker/types.ts';
import { colors, errorReport, placeInCell } from '../frame.ts';
import { CellSyntaxError, type TransformedCell, transformCell } from '../language.ts';
import type { ErrorReport, Outcome, RunRequest } from '../threads.ts';
import { reportDiagnostics } from './diagnostics.ts';
import type { Interrupter } from './interrupter.ts';
import type { LastCell } from './last-cell.ts';
import type { UserThread } from './user-thread.ts';

/** How long a cell may take to end by itself once its signal was aborted. */
const GRACE_MS = 60;

const STUCK =
  'The cell is in a call that cannot be stopped from outside, such as execSync or JSON.parse: it stops when that call returns. ' +
  'To end it at once, restart the kernel.\n';

/** Stands for the handler of a comm, or of a timer. */
export const NO_CELL = -2;

export interface CellToRun {
  source: string;
  /** `cell 3`: the name in stack traces and in the checker. */
  name: string;
  expressions: Record<string, string>;
  /** A reader sees its output. */
  isShown: boolean;
  /** Called with the number of this execution when the user thread has it. */
  onStart?: (id: number) => void;
}

export interface ExecutorParts {
  user: UserThread;
  interrupter: Interrupter;
  checker: Checker;
  lastCell: LastCell;
  /** Tells the reader of the running cell. */
  onProblem: (text: string) => void;
}

interface Current {
  id: number;
  running: boolean;
  interrupted: boolean;
  /** Where it stood when it was interrupted: lines of a traceback. */
  place: string[];
  declare: (outcome: Outcome) => void;
}

/** Runs one cell at a time: check, transform, run in the user thread, commit. */
export class Executor {
  #user: UserThread;
  #interrupter: Interrupter;
  #checker: Checker;
  #onProblem: (text: string) => void;
  #lastCell: LastCell;
  #note: string | undefined;
  #reported = '';
  #nextId = 1;
  #current: Current | undefined;
  #interrupting: Promise<void> = Promise.resolve();
  #stuck: Promise<void> = Promise.resolve();

  constructor({ user, interrupter, checker, lastCell, onProblem }: ExecutorParts) {
    this.#user = user;
    this.#interrupter = interrupter;
    this.#checker = checker;
    this.#lastCell = lastCell;
    this.#onProblem = onProblem;
    this.#note = lastCell.takeNote();
  }

  /** Resolves with the outcome, also when the cell was interrupted; never rejects. */
  async run(cell: CellToRun): Promise<Outcome> {
    const id = this.#nextId++;
    if (this.#note && cell.isShown) {
      this.#onProblem(this.#note);
      this.#note = undefined;
    }
    const outcome = await new Promise<Outcome>(resolve => {
      this.#current = { id, running: false, interrupted: false, place: [], declare: resolve };
      this.#checkAndRun(id, cell).then(resolve, error => resolve(internalError(error)));
    });
    const current = this.#current;
    this.#user.forget(id);
    this.#lastCell.end();
    await this.#interrupting; // the next cell starts only when no termination is on its way
    this.#current = undefined;
    return current?.interrupted && outcome.status === 'error' ? interruptedOutcome(current) : outcome;
  }

  /** What a name of the notebook, or a property of what it names, holds; undefined while a cell runs. */
  async peek(path: string[]): Promise<string | undefined> {
    return this.#current ? undefined : this.#user.peek(path);
  }

  /**
   * Stops the cell that is checked or run now, or else what spins outside of a cell. Resolves when it has stopped, or when
   * it turns out that only the end of a call will stop it.
   */
  interrupt(): Promise<void> {
    const current = this.#current;
    if (!current?.interrupted) {
      if (current) current.interrupted = true;
      this.#stuck = new Promise(resolve => {
        this.#interrupting = this.#interrupting.then(() => this.#stop(current, resolve));
      });
    }
    return Promise.race([this.#interrupting, this.#stuck]);
  }

  async #stop(current: Current | undefined, onStuck: () => void): Promise<void> {
    if (current && !current.running) {
      this.#checker.interrupt();
      current.declare(interruptedOutcome(current));
      return;
    }
    const id = current?.id ?? NO_CELL;
    const { terminated, stack, mayEnd } = await this.#interrupter.interrupt(id, () => {
      this.#onProblem(STUCK);
      onStuck();
    });
    if (!current) return;
    current.place = await this.#user.locate(id, { terminated, stack });
    setTimeout(() => current.declare(interruptedOutcome(current)), mayEnd && !terminated ? GRACE_MS : 0);
  }

  async #checkAndRun(id: number, cell: CellToRun): Promise<Outcome> {
    const checking = skipsCheck(cell.source) ? [] : this.#check(id, cell.source);
    const transformed = transform(cell.source, cell.name); // while the checker's thread checks
    const errors = await checking;
    if (errors.length > 0) return { status: 'error', ...reportDiagnostics(errors, cell.name, cell.source) };
    if ('error' in transformed) return { status: 'error', ...transformed.error };
    const request: RunRequest = {
      type: 'run',
      id,
      name: cell.name,
      source: cell.source,
      cell: transformed,
      expressions: Object.fromEntries(
        Object.entries(cell.expressions).map(([name, source]) => [name, transform(source, `expression ${name}`)]),
      ),
    };
    await this.#interrupting; // of what was left behind: it may terminate what runs
    if (this.#current?.id !== id || this.#current.interrupted) return interruptedOutcome(this.#current);
    this.#current.running = true;
    this.#lastCell.begin(cell);
    const outcome = this.#user.run(request);
    cell.onStart?.(id);
    // While the cell runs: the next check waits for it anyway.
    this.#checker.commit(cell.source, cell.name).catch(error => this.#report(error));
    return outcome;
  }

  /** A checker that is gone for good says so once, not at every cell. */
  #report(error: unknown): void {
    const problem = `The types of this cell are not checked: ${error instanceof Error ? error.message : String(error)}.\n`;
    if (problem !== this.#reported) this.#onProblem(problem);
    this.#reported = problem;
  }

  async #check(id: number, source: string): Promise<Diagnostic[]> {
    try {
      const errors = (await this.#checker.check(source)).filter(({ category }) => category === 'error');
      this.#reported = '';
      return errors;
    } catch (error) {
      // An answer that comes after an interrupt is for nobody.
      if (this.#current?.id === id && !this.#current.interrupted) this.#report(error);
      return [];
    }
  }
}

/** A cell that starts with the comment `// @nocheck` runs without its types being checked. */
function skipsCheck(source: string): boolean {
  return /^\s*\/\/\s*@nocheck\b/.test(source);
}

function transform(source: string, name: string): TransformedCell | { error: ErrorReport } {
  try {
    return transformCell(source, name);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return { error: errorReport(error.name, error.message, placeInCell(name, source, error)) };
  }
}

function interruptedOutcome(current: Pick<Current, 'running' | 'place'> | undefined): Outcome {
  const evalue = current?.running
    ? 'the cell was stopped; what it had declared is kept'
    : 'the cell was stopped before any of it ran';
  return { status: 'error', ...errorReport('Interrupted', evalue, current?.place ?? []) };
}

function internalError(error: unknown): Outcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 'error', ...errorReport('KernelError', 'the kernel failed to run the cell', [colors.dim(text)]) };
}
