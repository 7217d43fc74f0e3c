/**
 * The process that runs a learner's file. It knows nothing of the checks: it loads, calls, and answers with values.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { importTypeScript } from '../../modules/index.ts';
import { errorParts, missing } from '../subject.ts';
import { fromWire, toWire } from '../wire.ts';
import type { Answer, Request } from './messages.ts';

const REQUESTS = 3;
const ANSWERS = 4;
let loaded: Record<string, unknown> = {};
let file = '';

// A promise that nobody waits for may fail: that is not yet an answer, and must not end the process.
process.on('unhandledRejection', () => {});

// A socket and not a file stream: a file's blocking read would keep `process.exit()` from ending the process.
for await (const line of createInterface({ input: new Socket({ fd: REQUESTS }) })) {
  const request = JSON.parse(line) as Request;
  answer(await handle(request));
}
process.exit(0);

async function handle(request: Request): Promise<Answer> {
  const { id } = request;
  try {
    if (request.op === 'load') {
      file = request.file;
      loaded = await importTypeScript(file);
      return { id, value: toWire(Object.keys(loaded)) };
    }
    const target = loaded[request.name];
    if (typeof target !== 'function') return { id, error: missing(request.name, target) };
    return { id, value: toWire(await target(...request.args.map(arg => fromWire(arg)))) };
  } catch (error) {
    return { id, error: { ...errorParts(error), where: place(error) } };
  }
}

/** Where in the learner's file the error was thrown. */
function place(error: unknown): string | undefined {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : '';
  const url = pathToFileURL(file).href;
  const frame = stack.split('\n').find(candidate => candidate.includes(file) || candidate.includes(url));
  const at = frame?.match(/:(\d+):(\d+)\)?(?:\?.*)?$/);
  return at ? `line ${at[1]}, column ${at[2]}` : undefined;
}

function answer(message: Answer): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(ANSWERS, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
