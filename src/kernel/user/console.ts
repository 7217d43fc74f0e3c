import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { ControlLink } from './link.ts';

/** Sends what the learner prints, by `console` or by the process's streams, to the cell's output. */
export function captureOutput(link: ControlLink): void {
  const streams = { stdout: capture('stdout', link), stderr: capture('stderr', link) };
  globalThis.console = new Console({ ...streams, ignoreErrors: false, colorMode: false });
}

function capture(name: 'stdout' | 'stderr', link: ControlLink): Writable {
  const decoder = new TextDecoder();
  const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    link.print(name, decode(chunk, encoding, decoder));
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  };
  process[name].write = write as typeof process.stdout.write;
  const stream = new Writable({ decodeStrings: false });
  stream.write = write as typeof stream.write;
  return stream;
}

function decode(chunk: unknown, encoding: unknown, decoder: TextDecoder): string {
  if (chunk instanceof Uint8Array) return decoder.decode(chunk, { stream: true });
  if (typeof chunk !== 'string')
    throw new TypeError(`write: expected a string or a Uint8Array, received ${typeof chunk}`);
  if (typeof encoding === 'string' && encoding !== 'utf8' && encoding !== 'utf-8') {
    return Buffer.from(chunk, encoding as BufferEncoding).toString();
  }
  return chunk;
}
