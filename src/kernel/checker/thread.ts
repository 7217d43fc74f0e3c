/** What the checker and its thread say to each other. */
import type { NotebookOptions } from './notebook.ts';
import type { DetailLevel } from './types.ts';

export type Request =
  | { id: number; method: 'check'; parameters: [source: string] }
  | { id: number; method: 'commit'; parameters: [source: string, cell: string] }
  | { id: number; method: 'complete'; parameters: [source: string, offset: number] }
  | { id: number; method: 'inspect'; parameters: [source: string, offset: number, detail: DetailLevel] };

/** Memory that both threads see: Int32 cells, by index. */
export const SHARED = {
  /** The id of TypeScript's process, known also while the thread waits in it; 0 before the first one. */
  pid: 0,
  /** 1 when that process was ended for a reason that the question has no part in: it is asked again. */
  endedMeanwhile: 1,
  /** The id of the last request that nobody waits for any more. */
  givenUp: 2,
  cells: 3,
} as const;

export interface WorkerData extends NotebookOptions {
  /** {@link SHARED}. */
  shared: Int32Array;
}

export type Answer = { id: number; value?: unknown; error?: string } | { notice: string };
