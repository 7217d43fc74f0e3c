import type { Channel, Message } from '../../kernel/client/index.ts';
import { serverMessage } from './process.ts';

interface Unanswered {
  request: Message;
  isRunning: boolean;
  isReplied: boolean;
  executionCount: number | null;
}

/** How a kernel ended while it had something to do. */
export interface Ending {
  ename: string;
  evalue: string;
  traceback: string[];
}

/**
 * The cells that a kernel was asked to run and has not ended. When its process ends they are answered in its name: no
 * page waits for ever, and no queued cell is dropped in silence.
 */
export class UnansweredRuns {
  readonly #runs = new Map<string, Unanswered>();

  ask(request: Message): void {
    if (request.header.msg_type !== 'execute_request') return;
    const run = { request, isRunning: false, isReplied: false, executionCount: null };
    this.#runs.set(request.header.msg_id, run);
  }

  receive({ header, parent_header, content }: Message): void {
    const id = parent_header.msg_id ?? '';
    const run = this.#runs.get(id);
    if (run === undefined) return;
    if (header.msg_type === 'execute_input') run.executionCount = Number(content.execution_count);
    else if (header.msg_type === 'execute_reply') run.isReplied = true;
    else if (header.msg_type === 'status' && content.execution_state === 'busy') run.isRunning = true;
    else if (header.msg_type === 'status' && content.execution_state === 'idle') this.#runs.delete(id);
  }

  /**
   * The answers to all of them: the cell that ran ends with the error, if the end is one, all that waited are aborted.
   * `session` is the kernel's.
   */
  end(session: string, ending?: Ending): Message[] {
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    return runs.flatMap(run => answers(run, session, run.isRunning ? ending : undefined));
  }
}

function answers({ request, isReplied, executionCount }: Unanswered, session: string, ending?: Ending): Message[] {
  const answer = (channel: Channel, type: string, content: Record<string, unknown>) => {
    const message = serverMessage(channel, type, session, content);
    message.parent_header = request.header;
    return message;
  };
  const idle = answer('iopub', 'status', { execution_state: 'idle' });
  if (isReplied) return [idle];
  const count = { execution_count: executionCount };
  if (ending === undefined) return [answer('shell', 'execute_reply', { status: 'aborted', ...count }), idle];
  return [
    answer('iopub', 'error', { ...ending }),
    answer('shell', 'execute_reply', { status: 'error', ...count, ...ending, payload: [], user_expressions: {} }),
    idle,
  ];
}

const STDERR_LINES = 12;

/** What a person should read in the cell that was running when the process ended. */
export function endingOf(status: { code: number | null; signal: string | null; reason?: string }): Ending {
  const { code, signal, reason = '' } = status;
  const ename = 'KernelDied';
  if (reason.startsWith('The kernel ran out of memory.')) return { ename, evalue: reason, traceback: [reason] };
  const how = signal ?? `exit code ${code}`;
  const hint = signal === 'SIGKILL' ? ' A system that is short of memory ends processes in this way.' : '';
  const evalue = `The kernel ended while this cell ran (${how}). Its variables are lost.${hint}`;
  const said = reason === signal || reason === '' ? [] : reason.split('\n').slice(-STDERR_LINES);
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, ...said] };
}
