/** The kernel process. This thread runs the learner's code and nothing else; the control worker does the rest. */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { ControlOptions } from './threads.ts';
import { captureOutput } from './user/console.ts';
import { KernelDisplay, tslabModule } from './user/display.ts';
import { reportError } from './user/errors.ts';
import { ControlLink } from './user/post.ts';
import { serveCells } from './user/thread.ts';

const { values } = parseArgs({
  options: { channel: { type: 'string' }, 'connection-file': { type: 'string' } },
  strict: false,
});

const pressure = new SharedArrayBuffer(4);
const workerData: ControlOptions = { connection: readConnection(), directory: process.cwd(), pressure };
const worker = new Worker(new URL('./control/worker.js', import.meta.url), { workerData });
const realExit = process.exit.bind(process);
const realStderr = process.stderr.write.bind(process.stderr);
worker.on('error', error => {
  realStderr(`learnable kernel: ${error instanceof Error ? error.stack : String(error)}\n`);
  realExit(1);
});

const link = new ControlLink(worker, pressure);
captureOutput(link);
const display = new KernelDisplay(link);
const evaluator = import('./language.ts').then(({ createEvaluator }) =>
  createEvaluator({ directory: process.cwd(), virtualModules: { tslab: tslabModule(display) } }),
);
serveCells(worker, link, evaluator, display, realExit);

process.on('uncaughtException', error => report('Uncaught error', error));
process.on('unhandledRejection', error => report('Unhandled rejection', error));
process.exit = (code => {
  link.post({ type: 'exit', code: Number(code ?? process.exitCode ?? 0) });
  // Nothing after the call may run; the control worker ends the process.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}) as typeof process.exit;

function report(what: string, error: unknown): void {
  link.print('stderr', `${what}\n${reportError(error).traceback.join('\n')}\n`);
}

function readConnection(): ControlOptions['connection'] {
  const { channel, 'connection-file': file } = values;
  if (typeof channel === 'string') return { kind: 'direct', path: channel };
  if (typeof file === 'string') return { kind: 'zeromq', file };
  process.stderr.write('learnable kernel: expected --connection-file FILE or --channel PATH\n');
  process.exit(2);
}
