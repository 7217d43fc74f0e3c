import { shortText } from '../../display/text.ts';
import { cellTitle, codeFrame, colors, headline } from '../frame.ts';
import type { ErrorReport } from '../threads.ts';
import { type EvalFrame, type LearnerFrame, type StackFrame, stackFrames } from './stack.ts';
import { details, isError, nameAndValue, property } from './thrown.ts';

const FRAMES_SHOWN = 5;
const INNER_SHOWN = 5;
/** All causes and inner errors of one report together. */
const ERRORS_SHOWN = 12;

/**
 * What the learner reads of something that was thrown: places in their own code, the message, hints and causes. An error
 * that has no place of its own shows where it was awaited.
 */
export function reportError(error: unknown, awaitedAt?: LearnerFrame): ErrorReport {
  const stack = isError(error) ? property(error, 'stack') : '';
  const hasPlace = stackFrames(String(stack)).some(({ kind }) => kind === 'learner');
  const place = awaitedAt && !hasPlace ? placeLines([awaitedAt]) : [];
  return {
    ...nameAndValue(error),
    traceback: [...place, ...errorLines(error, { errors: new Set(), lines: new Set() })],
  };
}

/** What a report has shown already. */
interface Seen {
  errors: Set<unknown>;
  /** Each with its file. */
  lines: Set<string>;
}

function errorLines(error: unknown, seen: Seen, isCause = false): string[] {
  seen.errors.add(error);
  const { ename, evalue } = nameAndValue(error);
  if (!isError(error)) return thrownLines(error, ename, evalue);
  const stack = property(error, 'stack');
  const lines = [
    ...newPlaceLines(stackFrames(typeof stack === 'string' ? stack : ''), seen, isCause),
    headline(ename, evalue),
    ...detailLines(error),
  ];
  for (const { label, value, isCause } of innerErrors(error)) {
    if (seen.errors.has(value) || seen.errors.size >= ERRORS_SHOWN) continue;
    const inner = isError(value)
      ? [colors.dim(label), ...errorLines(value, seen, isCause)]
      : [thrownLine(label, value)];
    lines.push('', ...inner);
  }
  return lines;
}

/** Of what is no error there is nothing to say but its value. */
function thrownLine(label: string, value: unknown): string {
  return `${colors.dim(label)} ${shortText(value, 200)}`;
}

/** A cause often comes from the same line as the error, which is shown once. */
function newPlaceLines(frames: StackFrame[], { lines }: Seen, isCause: boolean): string[] {
  const own = frames.filter(frame => frame.kind === 'learner').map(({ file, line }) => `${file}:${line}`);
  if (isCause && own.every(line => lines.has(line))) return [];
  for (const line of own) lines.add(line);
  return placeLines(frames);
}

function thrownLines(value: unknown, ename: string, evalue: string): string[] {
  const isPlain = value === null || (typeof value !== 'object' && typeof value !== 'function');
  const advice = `${colors.bold('Hint:')} only an error knows where it was thrown: throw new Error(…)`;
  return isPlain ? [headline(ename, evalue), advice] : [headline(ename, evalue)];
}

function detailLines(error: Error): string[] {
  const said = details(error);
  const hint = property(error, 'hint') ?? memoryHint(property(error, 'message'));
  return [
    ...(said ? [colors.dim(said)] : []),
    ...(typeof hint === 'string' && hint !== '' ? [`${colors.bold('Hint:')} ${hint}`] : []),
  ];
}

interface Inner {
  label: string;
  value: unknown;
  isCause?: boolean;
}

/** Those of an AggregateError, the two of a SuppressedError, the cause. */
function innerErrors(error: Error): Inner[] {
  const inner: Inner[] = [];
  const errors = property(error, 'errors');
  if (Array.isArray(errors)) {
    const some = errors.slice(0, INNER_SHOWN);
    inner.push(...some.map((value, index) => ({ label: `${index + 1} of ${errors.length}:`, value })));
  }
  if (property(error, 'name') === 'SuppressedError') {
    inner.push({ label: 'Thrown while the other one was on its way:', value: property(error, 'error') });
    inner.push({ label: 'The other one:', value: property(error, 'suppressed') });
  }
  const cause = property(error, 'cause');
  if (cause !== undefined) inner.push({ label: 'Caused by:', value: cause, isCause: true });
  return inner;
}

/** The learner's frames, innermost first; what lies between them in one dim line a package. */
export function placeLines(frames: StackFrame[]): string[] {
  const lines: string[] = [];
  const own = frames.filter(frame => frame.kind === 'learner');
  let shown = 0;
  let previous: LearnerFrame | undefined;
  let repeated = 0;
  let packages: string[] = [];
  /** A stack that is this long goes on. */
  const isCut = frames.length >= Error.stackTraceLimit;
  const endRepeat = () => {
    if (repeated > 0) lines.push(colors.dim(`… the same ${isCut ? 'at least ' : ''}${repeated} more times`), '');
    repeated = 0;
  };
  for (const frame of frames) {
    if (frame.kind === 'package') {
      if (packages.at(-1) !== frame.name) packages.push(frame.name);
      continue;
    }
    if (frame.kind === 'eval') {
      lines.push(evalTitle(frame), '');
      continue;
    }
    if (previous?.file === frame.file && previous.line === frame.line) {
      // A recursion is counted; what called it from the same line, as a callback's caller does, is there to be seen.
      if (previous.column === frame.column) repeated++;
      previous = frame;
      continue;
    }
    endRepeat();
    previous = frame;
    if (shown === FRAMES_SHOWN) {
      lines.push(colors.dim(`… ${own.length - own.indexOf(frame)} more frames`), '');
      return lines;
    }
    lines.push(...frameLines(frame, shown === 0), ...packageLines(packages, shown === 0), '');
    packages = [];
    shown++;
  }
  endRepeat();
  if (own.length === 0 && packages.length > 0) lines.push(...packageLines(packages, true), '');
  return lines;
}

function evalTitle({ line, column, functionName }: EvalFrame): string {
  const inside = functionName ? `, in ${colors.bold(functionName)}` : '';
  return `${colors.green('Code made by eval or new Function')}, line ${line}, column ${column}${inside}`;
}

/** What called the innermost place needs less around it. */
function frameLines(frame: LearnerFrame, isInnermost: boolean): string[] {
  const inside = frame.functionName ? `, in ${colors.bold(frame.functionName)}` : '';
  const title = `${colors.green(cellTitle(frame.file))}, line ${colors.green(String(frame.line))}${inside}`;
  return [title, ...codeFrame(frame.source, frame, isInnermost ? undefined : 1)];
}

function memoryHint(message: unknown): string | undefined {
  if (!/^Array buffer allocation failed|could not allocate memory/.test(String(message))) return undefined;
  return 'The memory is used up. Keep less data at once, and free tensors early, with tf.tidy or tensor.dispose().';
}

function packageLines(packages: string[], isInnermost: boolean): string[] {
  if (packages.length === 0) return [];
  const names = [...packages].reverse().join(' → ');
  return [
    colors.dim(isInnermost ? `  it was thrown within ${names}` : `  which called, by way of ${names}, the above`),
  ];
}
