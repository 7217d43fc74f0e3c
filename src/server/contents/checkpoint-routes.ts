import { type Request, Router } from 'express';
import { parameter, resource, wildcard } from '../http/resource.ts';
import type { ContentsManager } from './manager.ts';

/** `/api/contents/<path>/checkpoints` */
export function checkpointRoutes(contents: ContentsManager): Router {
  const router = Router({ caseSensitive: true });

  // A folder may well be named "checkpoints": behind the path of a folder these addresses are its contents.
  router.all(['/*path/checkpoints', '/*path/checkpoints/*rest'], async (request, _response, next) => {
    next((await contents.isDirectory(pathOf(request))) ? 'router' : undefined);
  });

  resource(router, '/*path/checkpoints', {
    get: async (request, response) => {
      response.json(await contents.listCheckpoints(pathOf(request)));
    },
    post: async (request, response) => {
      response.status(201).json(await contents.createCheckpoint(pathOf(request)));
    },
  });

  resource(router, '/*path/checkpoints/:id', {
    post: async (request, response) => {
      await contents.restoreCheckpoint(pathOf(request), parameter(request, 'id'));
      response.status(204).end();
    },
    delete: async (request, response) => {
      await contents.deleteCheckpoint(pathOf(request), parameter(request, 'id'));
      response.status(204).end();
    },
  });
  return router;
}

function pathOf(request: Request): string {
  return wildcard(request, 'path');
}
