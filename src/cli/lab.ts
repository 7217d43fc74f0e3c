import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import open from 'open';
import colour from 'picocolors';
import { listChapters } from '../course/index.ts';
import { type Lab, startLab } from '../server/index.ts';
import { projectRoot } from './project.ts';

interface LabFlags {
  root: string;
  ip: string;
  port: number;
  token?: string;
  browser: boolean;
}

export function addLab(program: Command): void {
  program
    .command('lab')
    .description('open the course in JupyterLab')
    .option('--root <folder>', 'the folder that the lab shows', projectRoot)
    .option('--ip <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on; a busy one moves on to the next', parsePort, 8888)
    .option('--token <text>', 'the secret in the URL (random by default)')
    .option('--no-browser', 'print the URL only')
    .action(async (flags: LabFlags) => {
      const lab = await startLab({
        root: path.resolve(flags.root),
        ip: flags.ip,
        port: flags.port,
        token: flags.token,
        ...courseIn(path.resolve(flags.root)),
        log: line => console.error(colour.dim(line)),
      });
      closeOnSignal(lab);
      const moved = flags.port !== 0 && lab.port !== flags.port ? ` (port ${flags.port} is busy)` : '';
      console.log(`\n${colour.bold('learnable')} is running${moved}. Open this page, or stop it with Ctrl-C:\n`);
      console.log(`  ${colour.cyan(lab.url)}\n`);
      if (flags.browser) await openBrowser(lab.url);
      await lab.closed; // File → Shut Down, in the page
      process.exit();
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new InvalidArgumentError('Expected a whole number from 0 (any free port) to 65535.');
}

/** The launcher shows the chapters where the lab's folder is the course's. */
function courseIn(root: string) {
  if (root !== projectRoot) return {};
  return { preferredDir: 'notebooks', chapters: listChapters() };
}

async function openBrowser(url: string): Promise<void> {
  const noScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const notOpened = () =>
    console.log(colour.dim('No browser could be opened from here: copy the address above into one.'));
  if (noScreen) return notOpened();
  try {
    const browser = await open(url);
    browser.once('error', notOpened);
  } catch {
    notOpened();
  }
}

/** The first Ctrl-C ends the kernels and then the server; a second one does not wait for them. */
function closeOnSignal(lab: Lab): void {
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(130);
      closing = true;
      console.log('\nStopping the kernels and the lab …');
      lab.close().then(
        () => process.exit(0),
        error => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}
