import type { Worker } from 'node:worker_threads';
import { deliverPendingDisplays } from '../../display/channel.ts';
import { beginExecution, currentExecution, Execution } from '../execution.ts';
import type { Evaluator } from '../language.ts';
import type { Expression, Outcome, RunRequest, ToUser } from '../threads.ts';
import type { Comms } from './comms.ts';
import { reportError } from './errors.ts';
import type { ControlLink } from './link.ts';
import { looseErrorsReported } from './loose-errors.ts';
import { peek } from './peek.ts';
import { showResult } from './results.ts';
import { frameAt, type LearnerFrame, registerCell } from './stack.ts';
import { closeTensorScopes, tensorDepths } from './tensor-scopes.ts';
import { whereabouts } from './whereabouts.ts';

export interface UserThreadParts {
  link: ControlLink;
  comms: Comms;
  evaluator: Promise<Evaluator>;
  /** Ends the process at once. */
  end(code: number): never;
}

/** Does what the control worker asks for. One cell runs at a time; one that was terminated never reports. */
export function serveCells(worker: Worker, parts: UserThreadParts): void {
  const { link } = parts;
  let execution: Execution | undefined;
  let depths: ReturnType<typeof tensorDepths>;
  worker.on('message', (message: ToUser) => {
    switch (message.type) {
      case 'run':
        execution = new Execution(message.id);
        depths = tensorDepths();
        link.setSignalTaken(false);
        void beginExecution(execution, () => runCell(message, parts)).then(outcome =>
          link.post({ type: 'done', id: message.id, outcome }),
        );
        break;
      case 'interrupt':
        if (message.id === execution?.id) execution.abandon();
        link.post({ type: 'pong', ping: message.ping });
        break;
      case 'locate': {
        if (message.terminated) closeTensorScopes(depths);
        const place = message.id === execution?.id ? whereabouts(execution, message.stack) : [];
        link.post({ type: 'pong', ping: message.ping, place });
        break;
      }
      case 'comm':
        parts.comms.deliver(message);
        break;
      case 'ping':
        link.post({ type: 'pong', ping: message.ping });
        break;
      case 'peek':
        link.post({ type: 'pong', ping: message.ping, value: peek(message.path) });
        break;
      case 'exit':
        parts.end(message.code);
    }
  });
}

async function runCell({ name, cell, expressions, ...rest }: RunRequest, parts: UserThreadParts): Promise<Outcome> {
  registerCell(name, { cell, ...rest });
  try {
    const evaluator = await parts.evaluator;
    const { value, hasValue } = await evaluator.run(cell, { filename: name });
    const result = hasValue ? await show(value, parts) : undefined;
    return { status: 'ok', result, expressions: await evaluateAll(expressions, parts) };
  } catch (error) {
    return { status: 'error', ...reportError(error, placeOfAwait(error)) };
  } finally {
    await deliverPendingDisplays();
    await looseErrorsReported();
  }
}

/** Where it was awaited: for errors that carry no place, as those that Node makes, and for what is no error. */
function placeOfAwait(error: unknown): LearnerFrame | undefined {
  const { failure } = currentExecution();
  return failure && failure.error === error ? frameAt(failure.place) : undefined;
}

async function evaluateAll(
  expressions: RunRequest['expressions'],
  parts: UserThreadParts,
): Promise<Record<string, Expression>> {
  const results: Record<string, Expression> = {};
  for (const [name, cell] of Object.entries(expressions)) {
    try {
      if ('error' in cell) {
        results[name] = { status: 'error', ...cell.error };
        continue;
      }
      const { value } = await (await parts.evaluator).run(cell, { filename: `expression ${name}` });
      const shown = (await show(value, parts)) ?? { data: { 'text/plain': 'undefined' }, metadata: {} };
      results[name] = { status: 'ok', ...shown };
    } catch (error) {
      results[name] = { status: 'error', ...reportError(error) };
    }
  }
  return results;
}

function show(value: unknown, { link }: UserThreadParts): ReturnType<typeof showResult> {
  return showResult(value, text => link.print('stderr', text));
}
