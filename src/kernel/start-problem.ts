import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What to tell of an error that ended the control worker as it began: mostly a package that is missing or does not load. */
export function startProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED';
  // As oxc's packages say it, over many lines.
  if (!isMissing && !error.message.startsWith('Cannot find native binding')) return error.stack ?? error.message;
  const [what] = error.message.split('\n');
  return `a part of it does not load on ${process.platform} ${process.arch}: ${what}\nInstall its packages anew with npm ci, in ${ROOT}`;
}
