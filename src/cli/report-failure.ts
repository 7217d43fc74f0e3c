import { CommanderError } from 'commander';
import colour from 'picocolors';

/** Errors that only a fault of ours throws: their stack is worth having. */
const FAULTS = [TypeError, ReferenceError, RangeError];

/** Prints an error as a person wants to read it; returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed it
  if (!(error instanceof Error) || FAULTS.some(fault => error instanceof fault)) {
    console.error(error);
    return 1;
  }
  const { hint } = error as { hint?: unknown };
  console.error(`${colour.red('✗')} ${error.message}`);
  if (typeof hint === 'string') console.error(`  ${hint}`);
  return 1;
}
