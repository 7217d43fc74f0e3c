import { DISPLAY, type Displayable, type MimeBundle } from '../display/channel.ts';
import { printsAsText } from '../display/printed.ts';
import { resultHtml } from './format-html.ts';
import { resultText } from './format-text.ts';
import type { Misconception } from './misconception.ts';
import type { CheckOutcome } from './run-checks.ts';

/** An error of the type checker in the learner's file. Line and column start at 1. */
export interface TypeProblem {
  message: string;
  line: number;
  column: number;
  /** The line with a caret under the place. */
  frame: string;
}

export interface CheckReport {
  id: string;
  title: string;
  status: 'passed' | 'failed' | 'not-attempted';
  checks: readonly CheckOutcome[];
  /** Set when the answer behaves as a known wrong one. */
  misconception?: Misconception;
  typeProblems: readonly TypeProblem[];
  /** What the answer printed, when it ran in a process of its own. */
  printed: string;
  timeMs: number;
}

export const RESULT_MIME = 'application/vnd.learnable.check+json';

/** What `check` answers: data, and a card when a notebook shows it. */
export class CheckResult implements CheckReport, Displayable {
  declare readonly id: string;
  declare readonly title: string;
  declare readonly status: CheckReport['status'];
  declare readonly checks: readonly CheckOutcome[];
  declare readonly misconception?: Misconception;
  declare readonly typeProblems: readonly TypeProblem[];
  declare readonly printed: string;
  declare readonly timeMs: number;

  constructor(report: CheckReport) {
    Object.assign(this, report);
  }

  get passed(): boolean {
    return this.status === 'passed';
  }

  /** The report as a text without colour. */
  toString(): string {
    return resultText(this);
  }

  [DISPLAY](): MimeBundle {
    return { [RESULT_MIME]: { ...this }, 'text/html': resultHtml(this), 'text/plain': this.toString() };
  }
}
printsAsText(CheckResult.prototype);

/** Fails closed: an exercise passes when there are checks and every one passed. */
export function overallStatus(
  checks: readonly CheckOutcome[],
  typeProblems: readonly TypeProblem[],
): CheckReport['status'] {
  if (typeProblems.length > 0) return 'failed';
  if (checks.length > 0 && checks.every(check => check.status === 'passed')) return 'passed';
  const tried = checks.some(check => check.status === 'failed' || check.status === 'broken');
  return !tried && checks.some(check => check.status === 'not-attempted') ? 'not-attempted' : 'failed';
}
