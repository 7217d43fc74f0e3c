import type { CodeCell, CodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { Kernel, KernelConnection, KernelMessage } from '@jupyterlab/services';
import { followRun, type RunFuture, type RunModel } from './messages.ts';
import { areShown, outputsOf, registerDisplays, type ShownOutputs } from './outputs.ts';

/**
 * Shows a run in its cell: what it gave so far, and all that it will give. A question that it waits with is asked
 * here. Nothing is touched that is already right.
 */
export function showRun(kernel: KernelConnection, notebook: INotebookModel, cell: CodeCell, run: RunModel): void {
  const { model, outputArea } = cell;
  const shown = outputsOf(run);
  const isShown = areShown(shown, model);
  const isDone = run.state === 'done';
  // What another page shows, and saves, makes no change to the notebook of this one.
  const keep = run.attended || (isShown && isDone) ? keepingClean(notebook) : (change: () => void) => change();
  keep(() => {
    if (!isShown) replaceOutputs(cell, shown);
    if (!isFollowed(cell, run)) follow(kernel, notebook, cell, run);
    registerDisplays(kernel, run.msg_id, outputArea, shown);
    if (!isDone) model.executionState = 'running';
    else if (model.executionCount !== run.execution_count) model.executionCount = run.execution_count;
    (model as CodeCellModel).isDirty = model.sharedModel.getSource() !== run.code;
  });
  if (run.input !== null) askQuestion(kernel, outputArea.future, run.input);
}

/** Whether what the kernel says of this run goes to the cell already. */
export function isFollowed({ outputArea }: CodeCell, run: RunModel): boolean {
  const future: RunFuture | undefined = outputArea.future;
  return future?.msg.header.msg_id === run.msg_id && !future.isDisposed;
}

/** Takes the box away that asks a question which another page has answered, or nobody will. */
export function removeQuestions(kernel: Kernel.IKernelConnection, { outputArea }: CodeCell): void {
  const boxes = outputArea.widgets.filter(widget => widget.hasClass('jp-OutputArea-stdin-item'));
  for (const box of boxes) box.dispose();
  if (boxes.length > 0) kernel.hasPendingInput = false;
}

function replaceOutputs({ model }: CodeCell, { outputs, clearsNext }: ShownOutputs): void {
  // Like those of a cell that this page runs: they come from the reader's own kernel.
  model.trusted = true;
  model.outputs.fromJSON(outputs);
  if (clearsNext) model.outputs.clear(true);
}

function follow(kernel: Kernel.IKernelConnection, notebook: INotebookModel, cell: CodeCell, run: RunModel): void {
  const { model, outputArea } = cell;
  const future = followRun(kernel, run);
  outputArea.reattachFuture(future);
  const asked = new Set<string>();
  const ask = future.onStdin;
  future.onStdin = message => {
    if (asked.has(message.header.msg_id)) return;
    asked.add(message.header.msg_id);
    return ask(message);
  };
  const keep = run.attended ? keepingClean(notebook) : (change: () => void) => change();
  const { onIOPub, onReply } = future;
  future.onIOPub = message => keep(() => void onIOPub(message));
  future.onReply = message => keep(() => void onReply(message));
  const end = (count: number | null) => {
    if (cell.isDisposed || outputArea.future !== future || run.state === 'done') return;
    keep(() => {
      if (count !== null) model.executionCount = count;
      model.executionState = 'idle';
    });
    removeQuestions(kernel, cell);
  };
  // It is cancelled when the kernel is restarted, and when the cell is run again.
  future.done.then(
    ({ content }) => end(content.execution_count),
    () => end(null),
  );
}

function askQuestion(kernel: Kernel.IKernelConnection, future: RunFuture, { header, content }: Question): void {
  kernel.hasPendingInput = true;
  const parent_header = future.msg.header;
  const message = { channel: 'stdin', header, parent_header, metadata: {}, content, buffers: [] };
  void future.onStdin(message as unknown as KernelMessage.IInputRequestMsg);
}

type Question = NonNullable<RunModel['input']>;

/** Applies a change that does not count as one of this page. */
function keepingClean(notebook: INotebookModel): (change: () => void) => void {
  return change => {
    const { dirty } = notebook;
    change();
    notebook.dirty = dirty;
  };
}
