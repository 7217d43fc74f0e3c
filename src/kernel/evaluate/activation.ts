import { type CellPlace, currentExecution, type Execution, resumeExecution } from '../execution.ts';
import { inModuleWords } from './messages.ts';

/** Ends the code of a cell that was interrupted. No code of a cell ever catches it. */
const STOPPED = new Error('The cell was interrupted.');

/**
 * One call of a function that awaits, or one run of a cell that does: knows where it waits, and stops when its cell was
 * interrupted. `transform/awaits.ts` writes the calls.
 */
export class Activation {
  readonly #cell: string;
  readonly #isTopLevel: boolean;
  #execution: Execution | undefined;
  #place: CellPlace | undefined;

  constructor(cell: string, isTopLevel = false) {
    this.#cell = cell;
    this.#isTopLevel = isTopLevel;
  }

  /** Before the code awaits the value. */
  on<T>(value: T, offset: number): T {
    this.again(offset);
    return value;
  }

  /** Before a `for await` asks for its first item. */
  over<T>(iterable: T, offset: number, text: string): T {
    if (!isIterable(iterable)) throw new TypeError(`${text} is not async iterable`);
    return this.on(iterable, offset);
  }

  /** Before a `for await` asks for the next. */
  again(offset: number): void {
    this.#leave();
    this.#execution = currentExecution();
    this.#place = { cell: this.#cell, offset, isTopLevel: this.#isTopLevel };
    this.#execution.places.add(this.#place);
  }

  /** Behind an await. */
  done<T>(value: T): T {
    this.step();
    return value;
  }

  step(): void {
    this.#leave();
    if (this.#execution) resumeExecution(this.#execution);
    if (this.isOver) throw STOPPED;
  }

  /** First of all when something was thrown; true when the code may not go on. */
  threw(error?: unknown): boolean {
    const place = this.#place;
    this.#leave();
    if (this.#execution) resumeExecution(this.#execution);
    if (this.isOver) return true;
    inModuleWords(error);
    const execution = this.#execution;
    if (place && execution && execution.failure?.error !== error) execution.failure = { error, place };
    return false;
  }

  /** The cell was interrupted. */
  get isOver(): boolean {
    return this.#execution?.isAbandoned ?? false;
  }

  /** The call has come to its end. */
  end(): void {
    this.#leave();
  }

  #leave(): void {
    if (this.#place) this.#execution?.places.delete(this.#place);
    this.#place = undefined;
  }
}

function isIterable(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}
