import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Execution, isInterruption, owner } from '../execution.ts';
import { colors } from '../frame.ts';
import { reportError } from './errors.ts';
import type { ControlLink } from './link.ts';
import { cellInStack } from './stack.ts';

const turn = nextTurn; // Node's own, before that of cells takes its place
/** Rejected promises that nothing awaits, so far. */
const rejected = new Set<Promise<unknown>>();

/** Shows the errors that no code of a cell waits for (in a timer, a handler, a lost promise) at the cell that they come from. */
export function reportLooseErrors(link: ControlLink): void {
  const report = (what: string, error: unknown, execution: Execution | undefined) => {
    if (isInterruption(error)) return;
    const { ename, evalue, traceback } = reportError(error);
    const cell = execution?.id ?? cellInStack(error);
    link.post({ type: 'error', cell, ename, evalue, traceback: [colors.dim(what), ...traceback] });
  };
  process.on('uncaughtException', error => report('Thrown where no code waits for it:', error, owner()));
  process.on('unhandledRejection', (error, promise) => {
    const execution = owner();
    rejected.add(promise);
    void turn().then(() => {
      if (rejected.delete(promise)) report('In a promise that nothing awaits:', error, execution);
    });
  });
  // In time, if the code goes on with it in the same turn.
  process.on('rejectionHandled', promise => rejected.delete(promise));
}

/** Resolves when the errors of what has run so far are reported. */
export async function looseErrorsReported(): Promise<void> {
  do await turn();
  while (rejected.size > 0);
}
