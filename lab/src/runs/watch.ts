import { CodeCell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel, KernelConnection, KernelMessage } from '@jupyterlab/services';
import { isFollowed, removeQuestions, showRun } from './cell.ts';
import { askForRuns, type RunModel, runOf, tellCleared } from './messages.ts';
import { areShown, outputsOf } from './outputs.ts';
import { offerUnsaved } from './unsaved.ts';

/** A save is on its way for so long at most: what a cell shows in that time may not be in the file that it writes. */
const SAVING_MS = 10_000;

/** Shows in a notebook what its cells give in a kernel, whoever asked for it. */
export function watchKernel(panel: NotebookPanel, connection: Kernel.IKernelConnection): void {
  const kernel = connection as KernelConnection;
  const notebook = panel.content;
  let isFirst = true;
  const receive = (runs: RunModel[]) => {
    if (panel.isDisposed) return;
    const saved = Date.parse(panel.context.contentsModel?.last_modified ?? '');
    const cells = findCells(panel, runs);
    for (const [run, cell] of cells) if (isWanted(run, cell, saved)) showRun(kernel, panel.model!, cell, run);
    if (isFirst) offerUnsaved(panel, runs, cells, saved, (run, cell) => showRun(kernel, panel.model!, cell, run));
    isFirst = false;
  };
  // After a connection that broke, too: should the server not have kept all that was said meanwhile, it is mended here.
  const ask = () => {
    if (!panel.isDisposed && kernel.connectionStatus === 'connected') askForRuns(kernel, receive);
  };
  const hear = (_: unknown, message: KernelMessage.IIOPubMessage) => {
    const run = runOf(message);
    if (run !== undefined)
      for (const cell of findCells(panel, [run]).values()) showRun(kernel, panel.model!, cell, run);
    else if (isAnswerElsewhere(message)) {
      const runId = (message.parent_header as { msg_id?: string }).msg_id;
      for (const cell of codeCells(panel)) {
        if (cell.outputArea.future?.msg.header.msg_id === runId) removeQuestions(kernel, cell);
      }
    }
  };
  const cleared = (_: unknown, { notebook: where, cell }: { notebook: unknown; cell: unknown }) => {
    if (where !== notebook || !(cell instanceof CodeCell) || kernel.status === 'dead') return;
    const runId = cell.outputArea.future?.msg.header.msg_id;
    if (runId !== undefined) tellCleared(kernel, runId);
  };
  kernel.connectionStatusChanged.connect(ask);
  kernel.iopubMessage.connect(hear);
  NotebookActions.outputCleared.connect(cleared);
  const stop = () => NotebookActions.outputCleared.disconnect(cleared);
  kernel.disposed.connect(stop);
  panel.disposed.connect(stop);
  ask();
}

/** The page shows the answers that it gives itself; the server tells of those that others give. */
function isAnswerElsewhere({ header, content }: KernelMessage.IIOPubMessage): boolean {
  return header.msg_type === 'stream' && (content as { name?: string }).name === 'stdin';
}

/** Whether the run tells more than the notebook does. `saved` is when its file was written. */
function isWanted(run: RunModel, cell: CodeCell, saved: number): boolean {
  if (isFollowed(cell, run)) return true;
  // This page has asked for a newer run, and the server does not know it yet.
  if (cell.model.executionState === 'running') return false;
  if (run.state !== 'done') return true;
  const isInFile = Date.parse(run.changed) + (run.cut ? 0 : SAVING_MS) < saved;
  return !isInFile || areShown(outputsOf(run), cell.model);
}

/**
 * The cells of runs. Before nbformat 4.5 cells have no lasting ids: there a run belongs to the one cell that has its code.
 */
function findCells(panel: NotebookPanel, runs: RunModel[]): Map<RunModel, CodeCell> {
  const cells = codeCells(panel);
  const byId = new Map(cells.map(cell => [cell.model.id, cell]));
  const found = new Map<RunModel, CodeCell>();
  for (const run of runs) {
    const cell = byId.get(run.cell_id) ?? (hasIds(panel) ? undefined : onlyCellWith(run.code, cells));
    if (cell !== undefined) found.set(run, cell);
  }
  return found;
}

function hasIds({ model }: NotebookPanel): boolean {
  return model !== null && (model.nbformat > 4 || model.nbformatMinor >= 5);
}

function onlyCellWith(code: string, cells: CodeCell[]): CodeCell | undefined {
  const found = cells.filter(cell => cell.model.sharedModel.getSource() === code);
  return found.length === 1 ? found[0] : undefined;
}

function codeCells({ content }: NotebookPanel): CodeCell[] {
  return content.widgets.filter(cell => cell instanceof CodeCell);
}
