import type { Edits } from '../../modules/index.ts';
import { RUNTIME } from './parse.ts';

/** Statements that run, next to each other in the source. Between two segments stand function declarations. */
export interface Segment {
  start: number;
  end: number;
  /** Text that its parts need around them, besides. */
  parts: SegmentPart[];
}

export interface SegmentPart {
  start: number;
  end: number;
  before?: string;
  after?: string;
}

/** Joins parts that touch. Each part starts where the statement before it ends. */
export function joinParts(parts: SegmentPart[]): Segment[] {
  const segments: Segment[] = [];
  for (const part of parts) {
    const last = segments.at(-1);
    if (last && last.end === part.start) {
      last.end = part.end;
      last.parts.push(part);
    } else segments.push({ start: part.start, end: part.end, parts: [part] });
  }
  return segments;
}

/**
 * Writes what stands around the segments. In a cell that awaits, each becomes an async function that the evaluator calls
 * in turn, while function declarations stay in the script, global and hoisted.
 */
export function writeSegments(segments: Segment[], isAsync: boolean, edits: Edits): void {
  for (const segment of segments) {
    if (isAsync) edits.open(segment.start, `;${RUNTIME}.segment(async run=>{`);
    for (const { start, end, before, after } of segment.parts) {
      if (before) edits.open(start, before);
      if (after) edits.close(end, after);
    }
    if (isAsync) edits.close(segment.end, '});');
  }
}
