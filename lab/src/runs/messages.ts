/** What a page and our server say to each other about cells that ran; `run-model.ts` of the server describes it. */

import { type Kernel, KernelMessage } from '@jupyterlab/services';
import type { PageMessage, RunModel } from '../../../src/server/kernels/run-model.ts';

export type { RunModel };
export type RunFuture = Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>;

/** Asks for the latest run of each cell. From then on `runOf` finds runs that others ask for in what the kernel says. */
export function askForRuns(kernel: Kernel.IKernelConnection, receive: (runs: RunModel[]) => void): void {
  const future = kernel.sendShellMessage(createMessage(kernel, 'learnable_runs_request', {}), true);
  // JupyterLab handles no later message before this returns, and is silent about what is thrown here.
  future.onReply = ({ content }) => {
    try {
      receive((content as unknown as { runs: RunModel[] }).runs);
    } catch (error) {
      reportError(error);
    }
    future.dispose();
  };
}

/** The run that another page has asked for, if the message announces one. */
export function runOf({ header, content }: KernelMessage.IIOPubMessage): RunModel | undefined {
  const type: string = header.msg_type;
  return type === ('learnable_run' satisfies PageMessage) ? (content as unknown as { run: RunModel }).run : undefined;
}

/** What the kernel says of the run comes to this future, as if this page had asked for the run itself. */
export function followRun(kernel: Kernel.IKernelConnection, { msg_id, code }: RunModel): RunFuture {
  const message = createMessage(kernel, 'learnable_follow', { code }, msg_id);
  return kernel.sendShellMessage(message, true, false) as unknown as RunFuture;
}

export function tellCleared(kernel: Kernel.IKernelConnection, runId: string): void {
  kernel.sendShellMessage(createMessage(kernel, 'learnable_cleared', { msg_id: runId })).dispose();
}

function createMessage(
  kernel: Kernel.IKernelConnection,
  type: PageMessage,
  content: Record<string, unknown>,
  msgId?: string,
): KernelMessage.IShellMessage {
  return KernelMessage.createMessage({
    channel: 'shell',
    // JupyterLab's types know Jupyter's own messages only.
    msgType: type as unknown as 'execute_request',
    content: content as unknown as KernelMessage.IExecuteRequestMsg['content'],
    session: kernel.clientId,
    username: kernel.username,
    msgId,
  });
}
