import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { ControlLink } from './link.ts';

/** Sends what the learner prints, by `console` or by the process's streams, to the cell's output. */
export function captureOutput(link: ControlLink): void {
  const streams = { stdout: capture('stdout', link), stderr: capture('stderr', link) };
  const console = new Console({ ...streams, ignoreErrors: false, colorMode: false });
  // What speaks to an inspector only, and the class itself.
  for (const [key, method] of Object.entries(globalThis.console)) {
    if (!(key in console)) Object.assign(console, { [key]: method });
  }
  console.warn = replaceAdvice(console.warn);
  globalThis.console = console;
  process.removeAllListeners('warning');
  process.on('warning', warning => {
    if (warning.name !== 'ExperimentalWarning') link.print('stderr', warningText(warning));
  });
}

/** Without Node's process number and its advice for a command line. */
function warningText({ name, message, code, detail }: Error & { code?: unknown; detail?: unknown }): string {
  const label = typeof code === 'string' ? `${name} ${code}` : name;
  return `${label}: ${message}\n${typeof detail === 'string' ? `${detail}\n` : ''}`;
}

/** The plain backend of TensorFlow.js advises, in nine lines, a package that is not needed here. */
function replaceAdvice(warn: Console['warn']): Console['warn'] {
  return (...values) => {
    if (
      !/^\s*=+\s+Hi, looks like you are running TensorFlow\.js in Node\.js/.test(
        typeof values[0] === 'string' ? values[0] : '',
      )
    ) {
      return warn(...values);
    }
    warn("TensorFlow.js computes slowly here. With import { tf } from 'learnable' it is many times faster.");
  };
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
