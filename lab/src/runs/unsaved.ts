import { Notification } from '@jupyterlab/apputils';
import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { RunModel } from './messages.ts';

/**
 * A page that ended without saving, in a crash, leaves cells behind that ran with code which is not in the file. The
 * server knows that code; the reader decides. `saved` is when the file was written: what was saved later than it ran was
 * changed on purpose.
 */
export function offerUnsaved(
  panel: NotebookPanel,
  runs: RunModel[],
  cells: Map<RunModel, CodeCell>,
  saved: number,
  show: (run: RunModel, cell: CodeCell) => void,
): void {
  const isLost = (run: RunModel) =>
    !run.attended &&
    Date.parse(run.started) > saved &&
    cells.get(run)?.model.sharedModel.getSource() !== run.code &&
    (cells.has(run) || panel.model!.nbformatMinor >= 5);
  const lost = runs.filter(isLost);
  if (lost.length === 0) return;
  const what = lost.length === 1 ? 'A cell ran with code' : `${lost.length} cells ran with code`;
  Notification.warning(`${what} that was not saved in ${panel.title.label}.`, {
    autoClose: false,
    actions: [
      {
        label: 'Put it back',
        caption: 'Change the cells to the code that ran',
        displayType: 'accent',
        callback: () => putBack(panel, runs, lost, show),
      },
    ],
  });
}

function putBack(
  panel: NotebookPanel,
  runs: RunModel[],
  lost: RunModel[],
  show: (run: RunModel, cell: CodeCell) => void,
): void {
  const notebook = panel.content;
  if (panel.isDisposed) return;
  let previous = -1;
  for (const run of runs) {
    let index = notebook.widgets.findIndex(({ model }) => model.id === run.cell_id);
    if (lost.includes(run)) {
      if (index < 0) {
        // Its place is not known: most likely it stood behind the cell that ran before it.
        index = previous < 0 ? notebook.widgets.length : previous + 1;
        const cell = { cell_type: 'code', id: run.cell_id, source: run.code, metadata: {}, outputs: [] };
        panel.model!.sharedModel.insertCell(index, cell);
      } else notebook.widgets[index]!.model.sharedModel.setSource(run.code);
      const cell = notebook.widgets[index];
      if (cell instanceof CodeCell) show(run, cell);
    }
    if (index >= 0) previous = index;
  }
}
