import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { resource, wildcard } from '../http/resource.ts';
import type { LabApp } from '../static/app-archive.ts';

export interface Chapter {
  path: string;
  number: number;
  title: string;
  question?: string;
}

export interface PageOptions {
  app: LabApp | undefined;
  /** As the browser's tool tip shows it. */
  serverRoot: string;
  /** Where the file browser starts, relative to the root. */
  preferredDir: string;
  chapters: Chapter[];
}

/** Where the front end's files are served; their names carry a hash of their content. */
export const STATIC_URL = '/static/lab';

/** The addresses under which JupyterLab is one page: with a workspace, with a path to open, or one document only. */
const PAGES = [
  '/lab',
  '/lab/tree{/*path}',
  '/lab/workspaces/:workspace',
  '/lab/workspaces/:workspace/tree{/*path}',
  '/doc',
  '/doc/tree{/*path}',
  '/doc/workspaces/:workspace',
  '/doc/workspaces/:workspace/tree{/*path}',
];

export function pageRoutes(options: PageOptions): Router {
  const router = Router();
  resource(router, PAGES, {
    get: async (request, response) => {
      if (options.app === undefined) {
        throw new HttpError(503, 'The front end is missing: lab/app.tgz is not there. See lab/README.md to build it.');
      }
      const template = await readFile(path.join(options.app.directory, 'index.html'), 'utf8');
      const workspace = wildcard(request, 'workspace') || 'default';
      const mode = request.path.startsWith('/doc') ? 'single-document' : 'multiple-document';
      const config = pageConfig(options, workspace, wildcard(request, 'path'), mode);
      response.type('html').send(fillTemplate(template, config));
    },
  });
  return router;
}

/** Fills the two placeholders of the front end's page; see lab/README.md. */
export function fillTemplate(template: string, config: object): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028');
  return template.replaceAll('@@STATIC_URL@@', STATIC_URL).replaceAll('@@PAGE_CONFIG@@', () => json);
}

/** What JupyterLab reads when it starts. The token is not in it: the page uses its cookie. */
function pageConfig(options: PageOptions, workspace: string, treePath: string, mode: string): Record<string, unknown> {
  return {
    appName: 'JupyterLab',
    appNamespace: 'lab',
    appVersion: options.app?.jupyterLabVersion ?? '',
    baseUrl: '/',
    wsUrl: '',
    appUrl: '/lab',
    docUrl: '/doc',
    treeUrl: '/lab/tree',
    settingsUrl: '/lab/api/settings',
    themesUrl: '/lab/api/themes',
    licensesUrl: '/lab/api/licenses',
    translationsApiUrl: '/lab/api/translations',
    token: '',
    mode,
    workspace,
    treePath,
    preferredPath: `/${options.preferredDir}`,
    serverRoot: options.serverRoot,
    notebookVersion: '[2, 14, 0]',
    cacheFiles: false,
    devMode: false,
    quitButton: true,
    delete_to_trash: false,
    disabledExtensions: [],
    deferredExtensions: [],
    chapters: options.chapters,
  };
}
