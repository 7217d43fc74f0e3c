import { inspect } from 'node:util';
import { cellTitle, codeFrame, colors, headline } from '../frame.ts';
import type { ErrorReport } from '../threads.ts';
import { type LearnerFrame, learnerFrames } from './stack.ts';

const FRAMES_SHOWN = 5;
const CAUSES_SHOWN = 5;

/** What the learner reads of something that was thrown: places in their own code, the message, hints and causes. */
export function reportError(error: unknown): ErrorReport {
  const { ename, evalue } = nameAndValue(error);
  return { ename, evalue, traceback: errorLines(error, new Set()) };
}

function errorLines(error: unknown, seen: Set<unknown>): string[] {
  seen.add(error);
  const { ename, evalue } = nameAndValue(error);
  if (!isError(error)) return [headline(ename, evalue)];
  const lines = [...frameLines(learnerFrames(stackOf(error))), headline(ename, evalue)];
  const hint = property(error, 'hint') ?? memoryHint(evalue);
  if (typeof hint === 'string' && hint !== '') lines.push(`${colors.cyan('Hint:')} ${hint}`);
  const inner = property(error, 'errors');
  if (Array.isArray(inner)) {
    inner.slice(0, CAUSES_SHOWN).forEach((one, index) => {
      if (!seen.has(one)) lines.push('', colors.dim(`${index + 1} of ${inner.length}:`), ...errorLines(one, seen));
    });
  }
  const cause = property(error, 'cause');
  if (cause !== undefined && !seen.has(cause) && seen.size <= CAUSES_SHOWN) {
    lines.push('', colors.dim('Caused by:'), ...errorLines(cause, seen));
  }
  return lines;
}

/** The frames of a traceback, innermost first. */
export function frameLines(frames: LearnerFrame[]): string[] {
  const lines: string[] = [];
  let shown = 0;
  let previous = '';
  let repeated = 0;
  for (const [index, frame] of frames.entries()) {
    const key = `${frame.file}:${frame.line}:${frame.column}`;
    if (key === previous) {
      repeated++;
      continue;
    }
    if (repeated > 0) lines.push(colors.dim(`… the same ${repeated} more times`), '');
    repeated = 0;
    previous = key;
    if (shown++ === FRAMES_SHOWN) {
      lines.push(colors.dim(`… ${frames.length - index} more frames`), '');
      return lines;
    }
    const inside = frame.functionName ? `, in ${colors.cyan(frame.functionName)}` : '';
    lines.push(`${colors.green(cellTitle(frame.file))}, line ${colors.green(String(frame.line))}${inside}`);
    lines.push(...codeFrame(frame.source, frame), '');
  }
  if (repeated > 0) lines.push(colors.dim(`… the same ${repeated} more times`), '');
  return lines;
}

function memoryHint(message: string): string | undefined {
  if (!/^Array buffer allocation failed|could not allocate memory/.test(message)) return undefined;
  return 'The memory is used up. Keep less data at once, and free tensors early, with tf.tidy or tensor.dispose().';
}

function nameAndValue(error: unknown): { ename: string; evalue: string } {
  if (!isError(error)) return { ename: 'Thrown', evalue: safeInspect(error) };
  const given = property(error, 'name');
  const className = (error as { constructor?: { name?: unknown } }).constructor?.name;
  const ename = typeof given === 'string' && given !== '' && given !== 'Error' ? given : className;
  const message = property(error, 'message');
  return {
    ename: typeof ename === 'string' && ename !== '' ? ename : 'Error',
    evalue: typeof message === 'string' ? message : safeInspect(message),
  };
}

function isError(value: unknown): value is Error {
  return value instanceof Error;
}

function stackOf(error: Error): string {
  const stack = property(error, 'stack');
  return typeof stack === 'string' ? stack : '';
}

/** A property of an error, which may be a getter that throws. */
function property(error: Error, name: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function safeInspect(value: unknown): string {
  try {
    return inspect(value, { depth: 2 });
  } catch {
    return String(typeof value);
  }
}
