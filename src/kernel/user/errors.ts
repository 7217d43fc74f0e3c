import { errorReport, placeInCell } from '../frame.ts';
import type { ErrorReport } from '../threads.ts';

/** Source of each cell by its name. */
export const cellSources = new Map<string, string>();

export function reportError(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return errorReport('Thrown', String(error), []);
  const lines: string[] = [];
  for (const line of (error.stack ?? '').split('\n')) {
    const match = /\(?((?:unnumbered )?cell [^:()]+):(\d+):(\d+)\)?$/.exec(line);
    const source = match && cellSources.get(match[1]!);
    if (source) lines.push(...placeInCell(match[1]!, source, { line: Number(match[2]), column: Number(match[3]) }));
  }
  return errorReport(error.name, error.message, lines);
}
