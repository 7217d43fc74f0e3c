/** Starts JupyterLab: every plugin of this build, in one page, with no code loaded from anywhere else. */

import { JupyterLab } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { IConnectionStatus, IServiceManager } from '@jupyterlab/services';
import { type IPlugin, PluginRegistry } from '@lumino/coreutils';
// Written by the build from the dependencies in package.json.
import { mimeExtensions as labMimeExtensions, plugins as labPlugins } from '../build/generated/extensions.js';
import { serverSettingsPlugin } from './connection/plugin.ts';
import { coursePlugin } from './course/plugin.ts';
import { plotlyExtension } from './plotly/extension.ts';
import { runsPlugin } from './runs/plugin.ts';
import './style.css';

type Plugin = IPlugin<JupyterLab, unknown>;
type Loaded<T> = { package: string; module: T | T[] };

/** Parts of the packages that we do not want: they need services that this lab does not have, or ask the network for news. */
const LEFT_OUT = [
  /:announcements$/,
  /:language-server$/,
  /^@jupyterlab\/help-extension:jupyter-forum$/,
  /^@jupyterlab\/services-extension:server-settings$/,
];

const { disabled, deferred, isDisabled, isDeferred } = PageConfig.Extension;
const matching = (ids: string[], test: (id: string) => boolean) => ids.filter(test);

async function start(): Promise<void> {
  const loaded = [
    ...flatten<Plugin>(labPlugins as Loaded<Plugin>[]),
    { package: 'learnable', item: coursePlugin as unknown as Plugin },
    { package: 'learnable', item: runsPlugin as unknown as Plugin },
    { package: 'learnable', item: serverSettingsPlugin as unknown as Plugin },
  ];
  const wanted = loaded.filter(({ item }) => !LEFT_OUT.some(pattern => pattern.test(item.id)));
  const ids = wanted.map(({ item }) => item.id);
  const active = wanted.map(({ item }) => item).filter(({ id }) => !isDisabled(id));
  const mimeExtensions = [
    ...flatten<IRenderMime.IExtension>(labMimeExtensions as Loaded<IRenderMime.IExtension>[]).map(({ item }) => item),
    plotlyExtension,
  ].filter(({ id }) => !isDisabled(id));

  const registry = new PluginRegistry<JupyterLab>();
  registry.registerPlugins(active);
  const lab = new JupyterLab({
    pluginRegistry: registry as never,
    serviceManager: await registry.resolveRequiredService(IServiceManager),
    connectionStatus: (await registry.resolveOptionalService(IConnectionStatus)) ?? undefined,
    // Its type says modules; it takes the extensions themselves as well, as a module's CommonJS form.
    mimeExtensions: mimeExtensions as unknown as IRenderMime.IExtensionModule[],
    disabled: { matches: matching(ids, isDisabled), patterns: [...disabled] },
    deferred: { matches: matching(ids, isDeferred), patterns: [...deferred] },
    availablePlugins: wanted.map(entry => ({
      id: entry.item.id,
      description: entry.item.description ?? '',
      requires: entry.item.requires ?? [],
      optional: entry.item.optional ?? [],
      provides: entry.item.provides ?? null,
      autoStart: entry.item.autoStart,
      enabled: !isDisabled(entry.item.id),
      extension: entry.package,
    })),
  });
  await lab.start({ ignorePlugins: matching(ids, isDeferred), bubblingKeydown: true });
  // The same name as JupyterLab's own: browser tests and curious learners find the application there.
  (globalThis as { jupyterapp?: JupyterLab }).jupyterapp = lab;
  await lab.restored;
  document.getElementById('starting')?.remove();
}

function flatten<T>(modules: Loaded<T>[]): { package: string; item: T }[] {
  return modules.flatMap(({ package: name, module }) =>
    [module].flat().map(item => ({ package: name, item: item as T })),
  );
}

start().catch((error: unknown) => {
  const notice = document.getElementById('starting') ?? document.body.appendChild(document.createElement('div'));
  notice.id = 'starting';
  notice.setAttribute('role', 'alert');
  notice.textContent = `The lab could not start: ${error instanceof Error ? error.message : String(error)}\nReload the page; if it stays so, look at the terminal in which the lab runs.`;
  throw error;
});
