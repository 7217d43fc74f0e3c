/** The checker's thread: TypeScript's synchronous calls block it, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { CheckedNotebook } from './notebook.ts';
import { type Answer, type Request, SHARED, type WorkerData } from './thread.ts';

const port = parentPort;
if (!port) throw new Error('The checker runs in a worker thread.');
const post = (answer: Answer) => port.postMessage(answer);
const { shared, ...options } = workerData as WorkerData;
const notebook = new CheckedNotebook(options, {
  onNotice: notice => post({ notice }),
  onStart: pid => Atomics.store(shared, SHARED.pid, pid ?? 0),
  isGivenUp: () => Atomics.load(shared, SHARED.givenUp) === current,
});
let current = 0;
let resting: NodeJS.Immediate | undefined;

port.on('message', (request: Request) => {
  clearImmediate(resting);
  try {
    post({ id: request.id, value: answer(request) });
  } catch (error) {
    post({ id: request.id, error: error instanceof Error ? error.message : String(error) });
  }
  resting = setImmediate(rest);
});

function answer({ id, method, parameters }: Request): unknown {
  const call = notebook[method] as (...parameters: unknown[]) => unknown;
  current = id;
  Atomics.store(shared, SHARED.endedMeanwhile, 0);
  if (Atomics.load(shared, SHARED.givenUp) === id) return undefined;
  try {
    return call.apply(notebook, parameters);
  } catch (error) {
    if (Atomics.exchange(shared, SHARED.endedMeanwhile, 0) === 0) throw error;
    return call.apply(notebook, parameters);
  }
}

function rest(): void {
  try {
    notebook.rest();
  } catch {
    // TypeScript's process ended, and ended again: the next question starts it.
  }
}
