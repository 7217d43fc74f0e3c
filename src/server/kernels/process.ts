import type { Channel, Message } from '../../kernel/client/index.ts';

/** What the server needs of a kernel; `startKernel` of `src/kernel/client` gives it. */
export interface KernelProcess {
  readonly pid: number;
  send(message: Message): void;
  onMessage(listener: (message: Message) => void): () => void;
  onExit(listener: (status: { code: number | null; signal: string | null; reason?: string }) => void): () => void;
  interrupt(): Promise<void>;
  shutdown(restart?: boolean): Promise<void>;
  kill(): void;
}

export interface StartKernelOptions {
  cwd: string;
  env?: Record<string, string>;
}

export type StartKernel = (options: StartKernelOptions) => Promise<KernelProcess>;

/** The real kernel; loaded when the first one is started. */
export const startRealKernel: StartKernel = async options => {
  const client = await import('../../kernel/client/index.ts');
  return client.startKernel(options);
};

/** Builds a message that the server itself sends to clients. */
export function serverMessage(
  channel: Channel,
  type: string,
  session: string,
  content: Record<string, unknown>,
): Message {
  const header = {
    msg_id: crypto.randomUUID(),
    msg_type: type,
    session,
    username: 'server',
    date: new Date().toISOString(),
    version: '5.4',
  };
  return { channel, header, parent_header: {}, metadata: {}, content, buffers: [] };
}
