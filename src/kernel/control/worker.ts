/** The control worker: sockets, protocol and interrupts, on a thread that no cell can block. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createChecker } from '../language.ts';
import { PrintReader } from '../printing.ts';
import { type ControlOptions, SHARED } from '../threads.ts';
import { ConnectionProblem, type Transport } from '../transport/transport.ts';
import { Comms } from './comms.ts';
import { connect } from './connect.ts';
import { Executor, NO_CELL } from './execution.ts';
import { History } from './history.ts';
import { historyFolder } from './history-files.ts';
import { Interrupter } from './interrupter.ts';
import { Kernel } from './kernel.ts';
import { LastCell } from './last-cell.ts';
import { LIBRARIES } from './libraries.ts';
import { log } from './log.ts';
import { Outbox } from './outbox.ts';
import { watchParent } from './parent.ts';
import { watchSigint } from './signals.ts';
import { Stdin } from './stdin.ts';
import { UserThread } from './user-thread.ts';

/** How long what was said last may take to leave, and a cell that runs to let go. */
const LAST_WORDS_MS = 1000;
/** How long ending may take: a thread in a call that nothing ends is not waited for. */
const END_MS = 1800;

/** A burst of signals is over when none came for so long. TypeScript's process is ended and started again once for all. */
const QUIET_MS = 50;

const options = workerData as ControlOptions;
const shared = new Int32Array(options.shared);
const outbox = new Outbox(shared);
// What a person typed is kept, in the lab or in Jupyter; runs by our own tools are not.
const isSomebodys = process.env.JPY_SESSION_NAME !== undefined || options.connection.kind === 'zeromq';
const history = new History(isSomebodys ? historyFolder() : undefined, log);
const kernel = new Kernel(outbox, history);
const checker = createChecker({
  directory: options.directory,
  libraries: LIBRARIES,
  onNotice: text => outbox.streams.append('stderr', text),
});
const printed = new PrintReader(options.printing, (...text) => outbox.streams.append(...text));
const user = new UserThread(parentPort!, printed, message => {
  if (message.type === 'exit') {
    void kernel
      .reportEnd('KernelExit', `the cell called process.exit(${message.code}), which ended the kernel`)
      .then(() => end(message.code, { isWaitedFor: true }));
  } else if (message.type === 'interrupt') {
    if (!signals) onSigint(); // it came late, as the main thread had to let go first
  } else {
    kernel.onOutput(message);
  }
});
const interrupter = new Interrupter(user, shared);
const comms = new Comms(
  outbox,
  packet => user.post(packet),
  () => kernel.sayBusyAgain(),
);
// A kernel that Jupyter starts again has the same connection file. A run by one of our own tools has no next kernel.
const lastCell = new LastCell(
  process.env.JPY_SESSION_NAME ?? (options.connection.kind === 'zeromq' ? options.connection.file : undefined),
);
const onProblem = (text: string) => outbox.streams.append('stderr', text);
const executor = new Executor({ user, interrupter, checker, lastCell, onProblem });

let hasSigint = false;
let quiet: NodeJS.Timeout | undefined;

/** As `interrupt_request` does. A burst of signals, as of a key that is held, is one. */
function onSigint(): void {
  if (process.platform === 'win32') {
    // There Ctrl-C reaches TypeScript's process too.
    clearTimeout(quiet);
    quiet = setTimeout(() => checker.onSignal(), QUIET_MS);
  }
  if (hasSigint) return;
  hasSigint = true;
  void executor.interrupt().then(() => {
    comms.release();
    hasSigint = false;
  });
}

const signals = watchSigint(onSigint);
let transport: Transport | undefined;
let ending = false;

/** Closes the sockets first: Node aborts if they are open in a worker when the process ends. */
async function end(code: number, { isWaitedFor = false } = {}): Promise<void> {
  if (ending) return;
  ending = true;
  lastCell.end();
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), END_MS);
  const freed = isWaitedFor ? undefined : interrupter.interrupt(NO_CELL, () => {});
  const ready = Promise.all([transport?.close(), history.settle(), checker.dispose().catch(() => {}), freed]);
  await Promise.race([ready, sleep(LAST_WORDS_MS)]);
  interrupter.close();
  signals?.close();
  // It reads one or the other: its event loop, or the cell in which process.exit waits.
  user.post({ type: 'exit', code });
  Atomics.store(shared, SHARED.exit, 1);
  Atomics.notify(shared, SHARED.exit);
}

function answerInput(value: string | null): void {
  options.input.postMessage(value);
  Atomics.store(shared, SHARED.input, 1);
  Atomics.notify(shared, SHARED.input);
}

/** A fault of our own: the cell that runs is told, and no client waits for ever. */
process.on('uncaughtException', error => {
  log(error instanceof Error ? String(error.stack) : String(error));
  void kernel
    .reportEnd('KernelError', `a fault of the kernel ended it: ${error instanceof Error ? error.message : error}`)
    .then(() => end(1));
});

try {
  transport = await connect(options.connection, kernel);
  if (options.connection.kind === 'zeromq') watchParent(() => kernel.onGone());
  outbox.connect(transport);
  kernel.start({
    executor,
    checker,
    comms,
    end: () => void end(0),
    stdin: new Stdin(outbox, answerInput),
  });
} catch (error) {
  log(error instanceof ConnectionProblem ? error.message : String((error as Error).stack));
  await end(1);
}
