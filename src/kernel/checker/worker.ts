/** The checker's thread: TypeScript's synchronous calls block it, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { CheckedNotebook, type NotebookOptions } from './notebook.ts';
import type { DetailLevel } from './types.ts';

export type Request =
  | { id: number; method: 'check'; parameters: [source: string] }
  | { id: number; method: 'commit'; parameters: [source: string, cell: string] }
  | { id: number; method: 'complete'; parameters: [source: string, offset: number] }
  | { id: number; method: 'inspect'; parameters: [source: string, offset: number, detail: DetailLevel] };

export type Answer =
  | { id: number; value?: unknown; error?: string }
  | { notice: string }
  | { started: number | undefined }
  | 'closed';

const port = parentPort;
if (!port) throw new Error('The checker runs in a worker thread.');
const post = (answer: Answer) => port.postMessage(answer);
const notebook = new CheckedNotebook(workerData as NotebookOptions, {
  onNotice: notice => post({ notice }),
  onStart: started => post({ started }),
});
let resting: NodeJS.Immediate | undefined;

port.on('message', (request: Request | 'close') => {
  clearImmediate(resting);
  if (request === 'close') {
    notebook.close();
    post('closed');
    return;
  }
  try {
    const call = notebook[request.method] as (...parameters: unknown[]) => unknown;
    post({ id: request.id, value: call.apply(notebook, request.parameters) });
  } catch (error) {
    post({ id: request.id, error: error instanceof Error ? error.message : String(error) });
  }
  resting = setImmediate(() => notebook.rest());
});
