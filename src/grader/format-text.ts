import type { CheckReport } from './result.ts';
import type { CheckOutcome } from './run-checks.ts';

/** How parts of a report are coloured, and how one asks for a hint there; the plain text colours nothing. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
  hintCall(id: string): string;
}

const inNotebook = (id: string) => `await hint('${id}')`;
const same = (text: string) => text;
const PLAIN: Paint = { good: same, bad: same, faint: same, strong: same, hintCall: inNotebook };

/** A report as text: one line for each check, and what a failed one has to say below it. */
export function resultText(report: CheckReport, paint: Paint = PLAIN): string {
  return [
    `${paint.strong(`${report.title} (${report.id})`)}: ${verdict(report, paint)}`,
    ...report.typeProblems.flatMap(problem => [
      '',
      `${paint.bad('✗')} Type error, line ${problem.line}: ${problem.message}`,
      problem.frame,
    ]),
    ...report.checks.flatMap(check => checkLines(check, paint)),
    ...misconceptionLines(report, paint),
    ...(report.printed ? ['', paint.faint('Your answer printed:'), indent(report.printed.trimEnd())] : []),
  ].join('\n');
}

/** The verdict in words. */
export function verdictWords(report: CheckReport): string {
  const passed = report.checks.filter(check => check.status === 'passed').length;
  if (report.status === 'passed')
    return report.checks.length === 1 ? 'the check passed' : `all ${report.checks.length} checks passed`;
  if (report.status === 'not-attempted') return 'not attempted yet';
  if (report.checks.length === 0) return 'not run';
  return `${passed} of ${report.checks.length} checks passed`;
}

/** What stands under a stub that nobody has touched: kind, and what to do. */
export function invitation({ id }: CheckReport, hintCall = inNotebook): string {
  return `Replace the TODO with your answer, then run this again. Stuck? \`${hintCall(id)}\` gives a nudge.`;
}

function verdict(report: CheckReport, paint: Paint): string {
  const words = verdictWords(report);
  if (report.status === 'passed') return paint.good(`✓ ${words}`);
  if (report.status === 'not-attempted') return `○ ${words}\n${paint.faint(invitation(report, paint.hintCall))}`;
  return paint.bad(`✗ ${words}`);
}

function checkLines(check: CheckOutcome, paint: Paint): string[] {
  if (check.status === 'passed') return [`  ${paint.good('✓')} ${check.title}`];
  if (check.status === 'not-attempted') return [`  ${paint.faint('○')} ${check.title}`];
  return [
    `  ${paint.bad('✗')} ${check.title}`,
    ...check.tried.slice(-3).map(call => `      tried     ${call}`),
    `      received  ${check.received ?? ''}`,
    ...(check.expected ? [`      expected  ${check.expected}`] : []),
    ...(check.because ? [`      because   ${check.because}`] : []),
    ...(check.hint ? [paint.faint(`      hint      ${check.hint}`)] : []),
  ];
}

function misconceptionLines({ misconception }: CheckReport, paint: Paint): string[] {
  return misconception ? ['', paint.strong('What seems to have happened'), indent(misconception.explanation)] : [];
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
