import type { Execution } from '../execution.ts';
import { placeLines } from './errors.ts';
import { frameAt, learnerFrames } from './stack.ts';

const PLACES_SHOWN = 3;

/** Where a cell stood when it was stopped: in the code of this stack, or else at its awaits. Lines of a traceback; none if unknown. */
export function whereabouts(execution: Execution, stack: string | undefined): string[] {
  const running = stack === undefined ? [] : learnerFrames(stack);
  if (running.length > 0) return placeLines(running);
  // The newest first, as the others mostly wait for it; the cell's own code waits for all.
  const places = [...execution.places].reverse().sort((one, other) => +one.isTopLevel - +other.isTopLevel);
  const waiting = places.map(frameAt);
  return placeLines(waiting.filter(frame => frame !== undefined).slice(0, PLACES_SHOWN));
}
