/** The checker's thread: TypeScript's synchronous calls block it, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { CheckedNotebook, type NotebookOptions } from './notebook.ts';

export type Request =
  | { id: number; method: 'check'; parameters: [source: string] }
  | { id: number; method: 'commit'; parameters: [source: string, cell: string] }
  | { id: number; method: 'complete' | 'inspect'; parameters: [source: string, offset: number] };

export type Answer = { id: number; value?: unknown; error?: string } | 'closed';

const port = parentPort;
if (!port) throw new Error('The checker runs in a worker thread.');
const notebook = new CheckedNotebook(workerData as NotebookOptions);
port.on('message', (request: Request | 'close') => {
  if (request === 'close') {
    notebook.close();
    port.postMessage('closed' satisfies Answer);
    return;
  }
  try {
    const call = notebook[request.method] as (...parameters: unknown[]) => unknown;
    port.postMessage({ id: request.id, value: call.apply(notebook, request.parameters) } satisfies Answer);
  } catch (error) {
    port.postMessage({
      id: request.id,
      error: error instanceof Error ? error.message : String(error),
    } satisfies Answer);
  }
});
