import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { PLOTLY_MIME_TYPE } from './figure.ts';
import { RenderedPlotly } from './renderer.ts';

/** Shows `application/vnd.plotly.v1+json`, in a cell's output and as a document (`.plotly.json`). */
export const plotlyExtension: IRenderMime.IExtension = {
  id: 'learnable:plotly',
  description: 'Draws Plotly figures.',
  rendererFactory: {
    // Plotly keeps only a handful of harmless tags of what a figure's texts contain, and no script.
    safe: true,
    mimeTypes: [PLOTLY_MIME_TYPE],
    createRenderer: () => new RenderedPlotly(),
  },
  rank: 0,
  dataType: 'json',
  fileTypes: [
    {
      name: 'plotly',
      displayName: 'Plotly figure',
      mimeTypes: [PLOTLY_MIME_TYPE],
      extensions: ['.plotly', '.plotly.json'],
    },
  ],
  documentWidgetFactoryOptions: {
    name: 'Plotly',
    primaryFileType: 'plotly',
    fileTypes: ['plotly', 'json'],
    defaultFor: ['plotly'],
  },
};
