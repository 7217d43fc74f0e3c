import type { Wire } from '../wire.ts';

/** What the parent asks: one JSON document a line, on the child's file descriptor 3. Never a check, never an expectation. */
export type Request = { id: number; op: 'load'; file: string } | { id: number; op: 'call'; name: string; args: Wire[] };

/** What the child answers, on its file descriptor 4. */
export type Answer =
  | { id: number; value: Wire }
  | { id: number; error: { name: string; message: string; where?: string } };
