import type { Checker } from '../checker/types.ts';
import { isComplete } from '../language.ts';
import type { Comms } from './comms.ts';
import { type Content, characterPosition, cursorOffset, text } from './content.ts';
import type { Executor } from './execution.ts';
import { helpTopic } from './help.ts';
import type { History } from './history.ts';
import { KERNEL_INFO } from './info.ts';
import { inspect } from './inspection.ts';
import { usage } from './usage.ts';

/** What an answer may ask. */
export interface AnswerContext {
  executor: Executor;
  checker: Checker;
  comms: Comms;
  history: History;
}

/** The content of the reply to each request but `execute_request`. */
export const ANSWERS: Record<string, (kernel: AnswerContext, content: Content) => Content | Promise<Content>> = {
  kernel_info_request: () => KERNEL_INFO,

  comm_info_request: ({ comms }, content) => ({ status: 'ok', comms: comms.info(text(content, 'target_name')) }),

  history_request: async ({ history }, content) => ({ status: 'ok', history: await history.select(content) }),

  is_complete_request: (_, content) => {
    const code = text(content, 'code');
    return helpTopic(code) === undefined ? isComplete(code) : { status: 'complete' };
  },

  complete_request: async ({ checker }, content) => {
    const code = text(content, 'code');
    const { start, end, items } = await checker.complete(code, cursorOffset(content));
    const cursor_start = characterPosition(code, start);
    const cursor_end = characterPosition(code, end);
    const typed = items.map(({ text, type, signature = '' }) => ({
      start: cursor_start,
      end: cursor_end,
      text,
      type,
      signature,
    }));
    return {
      status: 'ok',
      matches: items.map(item => item.text),
      cursor_start,
      cursor_end,
      metadata: { _jupyter_types_experimental: typed },
    };
  },

  inspect_request: async ({ checker, executor }, content) => {
    const detail = content.detail_level === 1 ? 1 : 0;
    const data = await inspect({ checker, executor }, text(content, 'code'), cursorOffset(content), detail);
    return { status: 'ok', found: data !== undefined, data: data ?? {}, metadata: {} };
  },

  interrupt_request: async ({ executor, comms }) => {
    await executor.interrupt();
    comms.release();
    return { status: 'ok' };
  },

  shutdown_request: (_, content) => ({ status: 'ok', restart: content.restart === true }),

  usage_request: () => usage(),

  /** No debugger: a response of the Debug Adapter Protocol, as clients expect of `debug_reply`. */
  debug_request: (_, { seq = 0, command = '' }) => ({
    ...unsupported('debug_request'),
    type: 'response',
    seq: 0,
    request_seq: seq,
    success: false,
    command,
    message: 'this kernel has no debugger',
  }),
};

export function unsupported(type: string): Content {
  const evalue = `${type} is not supported by this kernel`;
  return { status: 'error', ename: 'NotSupported', evalue, traceback: [evalue] };
}
