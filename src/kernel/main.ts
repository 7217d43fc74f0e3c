/** The kernel process. This thread runs the learner's code and nothing else; the control worker does the rest. */
import { parseArgs } from 'node:util';
import { MessageChannel, Worker } from 'node:worker_threads';
import { printsKnownClasses } from '../display/printed-classes.ts';
import { printingMemory } from './printing.ts';
import { startProblem } from './start-problem.ts';
import { type ControlOptions, SHARED } from './threads.ts';
import { Comms } from './user/comms.ts';
import { captureOutput } from './user/console.ts';
import { KernelDisplay } from './user/display.ts';
import { reportError } from './user/errors.ts';
import { installFetch } from './user/fetch.ts';
import { ControlLink } from './user/link.ts';
import { reportLooseErrors } from './user/loose-errors.ts';
import * as kernel from './user/modules/kernel.ts';
import * as tslab from './user/modules/tslab.ts';
import { installPrompt } from './user/prompt.ts';
import { setSourcePlaces, tidyStacks } from './user/stack.ts';
import { serveCells } from './user/thread.ts';
import { installTimers } from './user/timers.ts';

const connection = readConnection();
const directory = currentFolder();
const end = process.exit.bind(process);
const printToProcess = process.stderr.write.bind(process.stderr);

const shared = new SharedArrayBuffer(4 * SHARED.cells);
const printing = printingMemory();
const { port1: inputHere, port2: input } = new MessageChannel();
inputHere.unref();
const workerData: ControlOptions = { connection, directory, shared, printing, input };
const worker = new Worker(new URL('./control/worker.js', import.meta.url), { workerData, transferList: [input] });
worker.on('error', error => {
  printToProcess(`learnable kernel: ${startProblem(error)}\n`);
  end(1);
});

const link = new ControlLink(worker, { shared, printing, input: inputHere });
new KernelDisplay(link);
const comms = new Comms(link, report);
Error.stackTraceLimit = 50;
tidyStacks();
captureOutput(link);
installTimers();
installFetch();
reportLooseErrors(link);
installPrompt(link);
process.exit = code => link.exit(Number(code ?? process.exitCode ?? 0), end);
process.on('SIGINT', () => link.post({ type: 'interrupt' })); // for the time before the control worker hears it itself

const evaluator = import('./language.ts').then(({ createEvaluator, sourcePlace }) => {
  setSourcePlaces(sourcePlace);
  return createEvaluator({
    directory,
    virtualModules: { tslab: { ...tslab }, 'learnable/kernel': { ...kernel } },
    onLoad: printsKnownClasses,
  });
});
serveCells(worker, { link, comms, evaluator, end });

function report(what: string, error: unknown): void {
  link.print('stderr', `${what}\n${reportError(error).traceback.join('\n')}\n`);
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    process.stderr.write(
      'learnable kernel: the folder that it was started in is gone. Open the notebook again from the folder where it is now.\n',
    );
    process.exit(1);
  }
}

function readConnection(): ControlOptions['connection'] {
  const { values } = parseArgs({
    options: { channel: { type: 'string' }, 'connection-file': { type: 'string' } },
    strict: false,
  });
  const { channel, 'connection-file': file } = values;
  if (typeof channel === 'string') return { kind: 'direct', path: channel };
  if (typeof file === 'string') return { kind: 'zeromq', file };
  process.stderr.write('learnable kernel: expected --connection-file FILE or --channel PATH\n');
  process.exit(2);
}
