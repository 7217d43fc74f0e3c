import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { courseRoot } from './catalogue.ts';
import type { Answer, Request } from './child/messages.ts';
import { AnswerError, type Subject } from './subject.ts';
import { fromWire, toWire } from './wire.ts';

const PRINTED_LIMIT = 32_768;
const MEMORY_MB = 1024;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/**
 * The functions of a learner's file, in a process of their own: an endless loop, a crash or `process.exit()` ends that
 * process only, and only values come back. The next call after such an end starts a new one.
 */
export function childSubject(file: string): Subject & { load(): Promise<string[]> } {
  let child: Child | undefined;
  let printed = '';

  const live = async () => {
    if (child?.alive) return child;
    child = startChild(text => {
      if (printed.length < PRINTED_LIMIT) printed += text.slice(0, PRINTED_LIMIT - printed.length);
    });
    await child.ask({ op: 'load', file });
    return child;
  };

  return {
    async load() {
      const running = await live();
      return (await running.ask({ op: 'load', file })) as string[];
    },
    async call(name, args) {
      return (await live()).ask({ op: 'call', name, args: args.map(toWire) });
    },
    takePrinted() {
      const text = printed;
      printed = '';
      return text;
    },
    abandon: () => child?.kill(),
    close: () => child?.kill(),
  };
}

interface Child {
  readonly alive: boolean;
  ask(request: WithoutId<Request>): Promise<unknown>;
  kill(): void;
}

function startChild(print: (text: string) => void): Child {
  const main = join(courseRoot, 'dist', 'grader', 'child', 'main.js');
  const child: ChildProcess = spawn(process.execPath, [`--max-old-space-size=${MEMORY_MB}`, '--no-warnings', main], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  let alive = true;
  let complaint = '';
  child.stdout!.setEncoding('utf8').on('data', print);
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
    print(text);
  });
  const requests = child.stdio[3] as Writable;
  requests.on('error', () => {});
  createInterface({ input: child.stdio[4] as NodeJS.ReadableStream }).on('line', line => settle(line));
  child.on('error', error => end(`it could not be started: ${error.message}`));
  child.on('exit', (code, signal) => end(reasonOfEnd(code, signal, complaint)));

  return {
    get alive() {
      return alive;
    },
    ask(request) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        if (!alive) return reject(new AnswerError({ name: 'Ended', message: 'the process of your file has ended' }));
        waiting.set(id, { resolve, reject });
        requests.write(`${JSON.stringify({ id, ...request })}\n`);
      });
    },
    kill() {
      alive = false;
      child.kill('SIGKILL');
    },
  };

  /** One answer. The bytes come from the learner's process, so whatever does not read as an answer is refused. */
  function settle(line: string): void {
    let id = lastId;
    try {
      const answer = JSON.parse(line) as Answer;
      id = answer.id;
      if ('error' in answer) {
        const { name, message, where } = answer.error;
        waiting.get(id)?.reject(new AnswerError({ name: String(name), message: String(message), where }));
      } else waiting.get(id)?.resolve(fromWire(answer.value));
    } catch (error) {
      waiting.get(id)?.reject(new AnswerError({ name: 'BadAnswer', message: `unreadable: ${String(error)}` }));
    }
    waiting.delete(id);
  }

  function end(reason: string): void {
    alive = false;
    for (const { reject } of waiting.values()) reject(new AnswerError({ name: 'Ended', message: reason }));
    waiting.clear();
  }
}

function reasonOfEnd(code: number | null, signal: string | null, complaint: string): string {
  if (/heap out of memory/i.test(complaint)) return `the file used more than ${MEMORY_MB} MB of memory`;
  if (signal) return `the process of your file was ended (${signal})`;
  return `your file ended its process (exit code ${code}): is there a process.exit() in it?`;
}
