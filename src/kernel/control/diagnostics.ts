import type { Diagnostic } from '../checker/types.ts';
import { colors, errorReport, placeInCell } from '../frame.ts';
import type { ErrorReport } from '../threads.ts';

const SHOWN = 5;

/** The error that stops a cell whose types or syntax are wrong: each diagnostic in the checker's words, with its place. */
export function reportDiagnostics(diagnostics: Diagnostic[], cellName: string, source: string): ErrorReport {
  const lines: string[] = [];
  for (const diagnostic of diagnostics.slice(0, SHOWN)) {
    lines.push(
      ...placeInCell(cellName, source, diagnostic),
      `${colors.red(`TS${diagnostic.code}`)}: ${diagnostic.message}`,
    );
    for (const { message, line, cell } of diagnostic.related) {
      const place = line === undefined ? '' : ` (${cell ? `${cell}, ` : ''}line ${line})`;
      lines.push(colors.dim(`  ${message}${place}`));
    }
    lines.push('');
  }
  if (diagnostics.length > SHOWN) lines.push(`… and ${diagnostics.length - SHOWN} more`, '');
  const first = diagnostics[0]!;
  const isSyntax = first.code >= 1000 && first.code < 2000;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  const place = `line ${first.line}, column ${first.column}`;
  return errorReport(
    isSyntax ? 'SyntaxError' : 'TypeScriptError',
    `${first.message} (TS${first.code}, ${place})${more}`,
    lines,
  );
}
