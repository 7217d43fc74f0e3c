/** A notebook that is opened shows what its cells gave while no page was there, and goes on showing it. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { ISessionContext } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { watchKernel } from './watch.ts';

export const runsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'learnable:runs',
  description: 'Shows the outputs of cells that ran while the notebook was not open, or in another page.',
  autoStart: true,
  requires: [INotebookTracker],
  activate(_app: JupyterFrontEnd, tracker: INotebookTracker) {
    // A second view of a notebook has the same session; the outputs come to it through the notebook.
    const watched = new WeakSet<ISessionContext>();
    const watch = async (panel: NotebookPanel) => {
      const { sessionContext, context } = panel;
      if (watched.has(sessionContext)) return;
      watched.add(sessionContext);
      await context.ready;
      if (panel.isDisposed) return;
      sessionContext.kernelChanged.connect((_, { newValue }) => {
        if (newValue !== null) watchKernel(panel, newValue);
      });
      const kernel = sessionContext.session?.kernel;
      if (kernel) watchKernel(panel, kernel);
    };
    tracker.widgetAdded.connect((_, panel) => void watch(panel));
    tracker.forEach(panel => void watch(panel));
  },
};
