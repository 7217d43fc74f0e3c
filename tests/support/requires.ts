import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';

const PYTHON = [process.env.LEARNABLE_PYTHON, '/usr/bin/python3'];

/** Where programs that some tests need are found; the first that is there counts. */
const CANDIDATES = {
  chromium: [
    process.env.LEARNABLE_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  jupyter: PYTHON,
  'jupyter-kernel-test': PYTHON,
  'jupyter-console': PYTHON,
  'jupyter-server': PYTHON,
  nbconvert: PYTHON,
};

/** What that Python must be able to import. */
const MODULES: Record<string, string> = {
  jupyter: 'jupyter_client',
  'jupyter-kernel-test': 'jupyter_kernel_test',
  'jupyter-console': 'jupyter_console, pexpect',
  'jupyter-server': 'jupyter_server, notebook, websocket',
  nbconvert: 'nbclient, nbconvert, nbformat',
};

export type Part = keyof typeof CANDIDATES;

/**
 * The path of a program that a test needs and that not every machine has: Chromium, or a Python with a part of Jupyter.
 * Undefined when it is missing, which is said loudly; where `LEARNABLE_REQUIRE` lists the part (`jupyter,chromium`), or is
 * `all`, it is an error instead, so that a build cannot pass without these tests.
 */
export function requirePart(part: Part): string | undefined {
  const found = CANDIDATES[part].find(file => file !== undefined && existsSync(file) && works(part, file));
  if (found !== undefined) return found;
  const required = (process.env.LEARNABLE_REQUIRE ?? '').split(',').map(name => name.trim());
  if (required.includes(part) || required.includes('all'))
    throw new Error(`LEARNABLE_REQUIRE asks for ${part}, which is not on this machine.`);
  const notRun = `the tests that need ${part}, which is not on this machine`;
  console.warn(`NOT RUN: ${notRun}.`);
  // `npm test` repeats it in its summary.
  if (process.env.LEARNABLE_NOT_RUN) appendFileSync(process.env.LEARNABLE_NOT_RUN, `${notRun}\n`);
  return undefined;
}

function works(part: Part, file: string): boolean {
  const modules = MODULES[part];
  if (modules === undefined) return true;
  try {
    execFileSync(file, ['-c', `import ${modules}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
