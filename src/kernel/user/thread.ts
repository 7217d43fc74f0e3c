import type { Worker } from 'node:worker_threads';
import { deliverPendingDisplays } from '../../display/channel.ts';
import type { Evaluator } from '../language.ts';
import type { Expression, Outcome, RunRequest, ToUser } from '../threads.ts';
import type { KernelDisplay } from './display.ts';
import { cellSources, reportError } from './errors.ts';
import type { ControlLink } from './post.ts';
import { showResult } from './results.ts';

/** Runs cells as the control worker sends them. Only one runs at a time; one that was terminated never reports. */
export function serveCells(
  worker: Worker,
  link: ControlLink,
  evaluator: Promise<Evaluator>,
  display: KernelDisplay,
  exit: (code: number) => void,
): void {
  let current = -1;
  worker.on('message', async (message: ToUser) => {
    switch (message.type) {
      case 'run': {
        current = message.id;
        display.renewSignal();
        const outcome = await runCell(await evaluator, message);
        link.post({ type: 'done', id: message.id, outcome });
        break;
      }
      case 'interrupt':
        if (message.id === current) display.abort();
        link.post({ type: 'pong', ping: message.ping });
        break;
      case 'ping':
        link.post({ type: 'pong', ping: message.ping });
        break;
      case 'exit':
        exit(message.code);
    }
  });
}

async function runCell(evaluator: Evaluator, { name, source, cell, expressions }: RunRequest): Promise<Outcome> {
  cellSources.set(name, source);
  try {
    const { value, hasValue } = await evaluator.run(cell, { filename: name });
    const result = hasValue ? await showResult(value) : undefined;
    return { status: 'ok', result, expressions: await evaluateAll(evaluator, expressions) };
  } catch (error) {
    return { status: 'error', ...reportError(error) };
  } finally {
    deliverPendingDisplays();
  }
}

async function evaluateAll(
  evaluator: Evaluator,
  expressions: RunRequest['expressions'],
): Promise<Record<string, Expression>> {
  const results: Record<string, Expression> = {};
  for (const [name, cell] of Object.entries(expressions)) {
    try {
      if ('error' in cell) {
        results[name] = { status: 'error', ...cell.error };
        continue;
      }
      const { value } = await evaluator.run(cell, { filename: `expression ${name}` });
      results[name] = {
        status: 'ok',
        ...((await showResult(value)) ?? { data: { 'text/plain': 'undefined' }, metadata: {} }),
      };
    } catch (error) {
      results[name] = { status: 'error', ...reportError(error) };
    }
  }
  return results;
}
