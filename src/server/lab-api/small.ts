import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Router } from 'express';
import { resource } from '../http/resource.ts';
import type { LabApp } from '../static/app-archive.ts';

/** The parts of JupyterLab's own API that are one answer each. */
export function smallLabRoutes(app: LabApp | undefined): Router {
  const router = Router();
  resource(router, '/translations', {
    get: (_request, response) => {
      response.json({ data: { en: { displayName: 'English', nativeName: 'English' } }, message: '' });
    },
  });
  resource(router, '/translations/:locale', {
    get: (_request, response) => {
      response.json({ data: {}, message: '' });
    },
  });
  resource(router, '/licenses', {
    get: async (_request, response) => {
      const file = path.join(app?.directory ?? '', 'third-party-licenses.json');
      const bundle = JSON.parse(await readFile(file, 'utf8').catch(() => '{"packages":[]}'));
      response.json({ bundles: { JupyterLab: bundle } });
    },
  });
  return router;
}

/** The parts of Jupyter Server's API that are one answer each. */
export function smallServerRoutes(status: () => object, shutdown: () => void): Router {
  const router = Router();
  resource(router, '/', {
    get: (_request, response) => {
      response.json({ version: '2.14.0' });
    },
  });
  resource(router, '/status', {
    get: (_request, response) => {
      response.json(status());
    },
  });
  resource(router, '/me', {
    get: (_request, response) => {
      const name = userName();
      const identity = { username: name, name, display_name: name, initials: name.slice(0, 1).toUpperCase() };
      response.json({ identity: { ...identity, avatar_url: null, color: null }, permissions: {} });
    },
  });
  resource(router, '/terminals', {
    get: (_request, response) => {
      response.json([]);
    },
  });
  resource(router, '/nbconvert', {
    get: (_request, response) => {
      response.json({});
    },
  });
  resource(router, '/config/:section', {
    get: (_request, response) => {
      response.json({});
    },
  });
  resource(router, '/shutdown', {
    post: (_request, response) => {
      response.once('finish', shutdown);
      response.json({});
    },
  });
  return router;
}

/** Some containers run under a number that no account has. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return 'learner';
  }
}
