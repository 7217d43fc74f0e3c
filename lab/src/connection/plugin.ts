/** The settings of all connections to the server: JupyterLab's own, with sockets that resume where they broke. */

import { IServerSettings, ServerConnection } from '@jupyterlab/services';
import type { IPlugin } from '@lumino/coreutils';
import { CountingWebSocket } from './socket.ts';

export const serverSettingsPlugin: IPlugin<null, ServerConnection.ISettings> = {
  id: 'learnable:server-settings',
  description: 'The connections to the server; a kernel connection that breaks resumes without loss.',
  autoStart: true,
  provides: IServerSettings,
  activate: () => ServerConnection.makeSettings({ WebSocket: CountingWebSocket }),
};
