import type { Checker, Diagnostic } from '../checker/types.ts';
import { colors, errorReport, placeInCell } from '../frame.ts';
import { CellSyntaxError, type TransformedCell, transformCell } from '../language.ts';
import type { ErrorReport, Outcome, RunRequest } from '../threads.ts';
import { reportDiagnostics } from './diagnostics.ts';
import type { Interrupter } from './interrupter.ts';
import type { UserThread } from './user-thread.ts';

/** How long a cell may take to end by itself once its signal was aborted. */
const GRACE_MS = 60;

/** Stands for the handler of a comm, or of a timer. */
const NO_CELL = -2;

export interface CellToRun {
  source: string;
  /** `cell 3`: the name in stack traces and in the checker. */
  name: string;
  expressions: Record<string, string>;
  /** Called with the number of this execution when the user thread has it. */
  onStart?: (id: number) => void;
}

interface Current {
  id: number;
  running: boolean;
  interrupted: boolean;
  declare: (outcome: Outcome) => void;
}

/** Runs one cell at a time: check, transform, run in the user thread, commit. */
export class Executor {
  #user: UserThread;
  #interrupter: Interrupter;
  #checker: Checker;
  #onProblem: (text: string) => void;
  #nextId = 1;
  #current: Current | undefined;
  #interrupting: Promise<void> = Promise.resolve();

  constructor(user: UserThread, interrupter: Interrupter, checker: Checker, onProblem: (text: string) => void) {
    this.#user = user;
    this.#interrupter = interrupter;
    this.#checker = checker;
    this.#onProblem = onProblem;
  }

  /** Resolves with the outcome, also when the cell was interrupted; never rejects. */
  async run(cell: CellToRun): Promise<Outcome> {
    const id = this.#nextId++;
    const outcome = await new Promise<Outcome>(resolve => {
      this.#current = { id, running: false, interrupted: false, declare: resolve };
      this.#checkAndRun(id, cell).then(resolve, error => resolve(internalError(error)));
    });
    const interrupted = this.#current?.interrupted;
    this.#current = undefined;
    this.#user.forget(id);
    await this.#interrupting; // the next cell starts only when no termination is on its way
    return interrupted && outcome.status === 'error' ? interruptedOutcome() : outcome;
  }

  /** Stops the cell that is checked or run now, or else what spins outside of a cell; resolves when it has stopped. */
  interrupt(): Promise<void> {
    const current = this.#current;
    if (!current) {
      this.#interrupting = this.#interrupting.then(() => this.#interrupter.interrupt(NO_CELL)).then(() => {});
      return this.#interrupting;
    }
    if (current.interrupted) return this.#interrupting;
    current.interrupted = true;
    this.#interrupting = current.running ? this.#stop(current) : Promise.resolve(current.declare(interruptedOutcome()));
    return this.#interrupting;
  }

  async #stop(current: Current): Promise<void> {
    const how = await this.#interrupter.interrupt(current.id);
    if (how === 'terminated') current.declare(interruptedOutcome());
    else setTimeout(() => current.declare(interruptedOutcome()), GRACE_MS);
  }

  async #checkAndRun(id: number, cell: CellToRun): Promise<Outcome> {
    const checking = skipsCheck(cell.source) ? [] : this.#check(cell.source);
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
    if (this.#current?.id !== id || this.#current.interrupted) return interruptedOutcome();
    this.#current.running = true;
    const outcome = this.#user.run(request);
    cell.onStart?.(id);
    // While the cell runs: the next check waits for it anyway.
    this.#checker.commit(cell.source, cell.name).catch(error => this.#onProblem(checkerProblem(error)));
    return outcome;
  }

  async #check(source: string): Promise<Diagnostic[]> {
    try {
      return (await this.#checker.check(source)).filter(({ category }) => category === 'error');
    } catch (error) {
      this.#onProblem(checkerProblem(error));
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
    return transformCell(source);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return { error: errorReport(error.name, error.message, placeInCell(name, source, error)) };
  }
}

function interruptedOutcome(): Outcome {
  return { status: 'error', ...errorReport('Interrupted', 'the cell was stopped; what it had declared is kept', []) };
}

function internalError(error: unknown): Outcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 'error', ...errorReport('KernelError', 'the kernel failed to run the cell', [colors.dim(text)]) };
}

function checkerProblem(error: unknown): string {
  return `The type checker failed, so this cell is not checked: ${error instanceof Error ? error.message : String(error)}\n`;
}
