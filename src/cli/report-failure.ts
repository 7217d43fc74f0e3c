import { CommanderError } from 'commander';
import colour from 'picocolors';

/** Prints an error as a person wants to read it; returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed it
  const { name, message, hint, stack } = error as Error & { hint?: unknown };
  if (typeof hint === 'string' || name === 'LearnableError') {
    console.error(`${colour.red('✗')} ${message}`);
    if (typeof hint === 'string') console.error(`  ${hint}`);
  } else {
    console.error(stack ?? String(error));
  }
  return 1;
}
