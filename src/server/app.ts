import path from 'node:path';
import compression from 'compression';
import express, { type Express } from 'express';
import { checkpointRoutes } from './contents/checkpoint-routes.ts';
import { fileRoutes } from './contents/files.ts';
import type { ContentsManager } from './contents/manager.ts';
import { contentsRoutes } from './contents/routes.ts';
import { errorHandler, HttpError } from './http/errors.ts';
import { resource } from './http/resource.ts';
import { kernelspecRoutes } from './kernels/kernelspecs.ts';
import type { KernelManager } from './kernels/manager.ts';
import { kernelRoutes, sessionRoutes } from './kernels/routes.ts';
import type { SessionManager } from './kernels/sessions.ts';
import { type PageOptions, pageRoutes, STATIC_URL } from './lab-api/page.ts';
import type { PluginSchema } from './lab-api/schemas.ts';
import { type Settings, settingsRoutes } from './lab-api/settings.ts';
import { smallLabRoutes, smallServerRoutes } from './lab-api/small.ts';
import type { FileStore } from './lab-api/store.ts';
import { type Workspace, workspaceRoutes } from './lab-api/workspaces.ts';
import type { Access } from './security/access.ts';
import { loginForPages } from './security/login.ts';
import { requireAccess, requireHost, securityHeaders } from './security/middleware.ts';
import { staticFiles } from './static/static-files.ts';

export interface AppParts {
  ip: string;
  access: Access;
  contents: ContentsManager;
  kernels: KernelManager;
  sessions: SessionManager;
  schemas: Map<string, PluginSchema>;
  settings: FileStore<Settings>;
  workspaces: FileStore<Workspace>;
  page: PageOptions;
  status(): object;
  shutdown(): void;
  log(line: string): void;
}

/** All addresses of the server, in the order in which a request meets them. */
export function createApp(parts: AppParts): Express {
  const { access, page, log } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(securityHeaders, requireHost(parts.ip));

  // The front end's files hold no secret and are asked for without one.
  if (page.app !== undefined) app.use(STATIC_URL, staticFiles(path.join(page.app.directory, 'static')));
  app.get('/favicon.ico', (_request, response) => {
    response.redirect(302, '/kernelspecs/tslab/logo-svg.svg');
  });

  const login = loginForPages(access);
  resource(app, ['/', '/login'], {
    get: [
      login,
      (_request, response) => {
        response.redirect(302, '/lab');
      },
    ],
  });
  app.use(['/lab', '/doc'], (request, response, next) => {
    const isPage = !request.originalUrl.startsWith('/lab/api/');
    return isPage ? login(request, response, next) : next();
  });
  app.use(pageRoutes(page));

  app.use(requireAccess(access));
  app.use('/files', fileRoutes(parts.contents)); // may be asked for in parts, so never compressed
  app.use(compression());
  app.use(kernelspecRoutes());
  app.use('/api/contents', checkpointRoutes(parts.contents), contentsRoutes(parts.contents));
  app.use('/api/kernels', kernelRoutes(parts.kernels));
  app.use('/api/sessions', sessionRoutes(parts.sessions));
  app.use('/api', smallServerRoutes(parts.status, parts.shutdown));
  app.use('/lab/api/settings', settingsRoutes(parts.schemas, parts.settings));
  app.use('/lab/api/workspaces', workspaceRoutes(parts.workspaces));
  app.use('/lab/api', smallLabRoutes(page.app));
  if (page.app !== undefined)
    app.use('/lab/api/themes', staticFiles(path.join(page.app.directory, 'themes'), 'no-cache'));

  app.use(request => {
    throw new HttpError(404, `Nothing is at ${request.path}.`);
  });
  app.use(errorHandler(log));
  return app;
}
