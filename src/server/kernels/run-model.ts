/** What the server tells our own pages of the cells that ran, and what they ask it: `lab/src/runs` has the other side. */

import type { MessageHeader } from '../../kernel/protocol/message.ts';

/**
 * Messages that pages and server send each other within a kernel's channels, so that they stand at their place among
 * the kernel's own. No kernel sees them.
 *
 * - `runs_request`, `runs_reply`: the latest run of each cell. Who has asked once watches from then on.
 * - `run`: to all that watch, that another client asked for a run; before the kernel says anything of it.
 * - `follow`: has the id of a run's own request. It asks for nothing: JupyterLab routes what the kernel says of a run to
 *   whoever sent a message with that id.
 * - `cleared`: somebody cleared the outputs of a run.
 */
export type PageMessage =
  | 'learnable_runs_request'
  | 'learnable_runs_reply'
  | 'learnable_run'
  | 'learnable_follow'
  | 'learnable_cleared';

/** One output of a cell as the message that a page would have received. */
export interface KeptOutput {
  type: string;
  content: Record<string, unknown>;
}

/** A cell's latest run. */
export interface RunModel {
  /** Of the execute_request: everything that the kernel says of the run names it as the parent. */
  msg_id: string;
  cell_id: string;
  code: string;
  state: 'queued' | 'running' | 'done';
  execution_count: number | null;
  /** When the server received the request. */
  started: string;
  /** When it last showed something, or ended. */
  changed: string;
  outputs: KeptOutput[];
  /** Whether too much was shown to keep all. */
  cut: boolean;
  /** Whether the page that asked for the run is connected, shows its outputs and saves them. */
  attended: boolean;
  /** The question that it waits for an answer to, if nobody sees it. */
  input: { header: MessageHeader; content: Record<string, unknown> } | null;
}
