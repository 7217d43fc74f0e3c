import { basename } from 'node:path';
import type { Diagnostic } from '../checker/types.ts';
import { cellTitle, colors, headline, placeInCell } from '../frame.ts';
import type { ErrorReport } from '../threads.ts';

const SHOWN = 5;
/** TypeScript gives reasons of reasons; further in they only repeat the types. */
const MESSAGE_LINES = 12;

/** The error that stops a cell whose types or syntax are wrong: each diagnostic in the checker's words, with its place. */
export function reportDiagnostics(diagnostics: Diagnostic[], cellName: string, source: string): ErrorReport {
  const first = diagnostics[0]!;
  const count = diagnostics.length;
  const lines: string[] = [];
  for (const diagnostic of diagnostics.slice(0, SHOWN)) {
    lines.push(...placeInCell(cellName, source, diagnostic));
    // A single message stands at the end, once.
    if (count > 1) {
      lines.push(
        `${colors.red(`TS${diagnostic.code}`)}: ${shortened(diagnostic.message)}`,
        ...relatedLines(diagnostic),
      );
    }
    lines.push('');
  }
  if (count > SHOWN) lines.push(`… and ${count - SHOWN} more`, '');
  const isSyntax = first.code >= 1000 && first.code < 2000;
  const ename = isSyntax ? 'SyntaxError' : 'TypeScriptError';
  const [text = '', ...reasons] = shortened(first.message).split('\n');
  const summary = `${text} (TS${first.code}, line ${first.line}, column ${first.column})`;
  const evalue = count > 1 ? `${summary} (and ${count - 1} more)` : [summary, ...reasons].join('\n');
  const end = count > 1 ? [headline(ename, `${count} errors`)] : [headline(ename, evalue), ...relatedLines(first)];
  return { ename, evalue, traceback: [...lines, ...end] };
}

function relatedLines({ related }: Diagnostic): string[] {
  return related.map(other => colors.dim(`  ${placeOf(other)}${other.message}`));
}

function shortened(message: string): string {
  const lines = message.split('\n');
  return lines.length <= MESSAGE_LINES ? message : [...lines.slice(0, MESSAGE_LINES - 1), '  …'].join('\n');
}

/** `Cell In[1], line 3: `, `helper.ts, line 3: `, or nothing where TypeScript names no place that the learner knows. */
function placeOf({ cell, file, line }: Diagnostic['related'][number]): string {
  const where = [cell && cellTitle(cell), file && basename(file), line && `line ${line}`].filter(Boolean).join(', ');
  return where ? `${where}: ` : '';
}
