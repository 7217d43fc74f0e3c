import { Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { jsonBody, objectBody, resource, wildcard } from '../http/resource.ts';
import type { FileStore } from './store.ts';

/** Which tabs are open where. */
export interface Workspace {
  data: Record<string, unknown>;
  metadata: { id: string; created?: string; last_modified?: string };
}

/** `/lab/api/workspaces` */
export function workspaceRoutes(store: FileStore<Workspace>): Router {
  const router = Router();

  const model = async (id: string): Promise<Workspace> => {
    const stored = await store.read(id);
    if (stored === undefined) return { data: {}, metadata: { id } };
    const { created, last_modified } = stored;
    return { ...stored.value, metadata: { ...stored.value.metadata, id, created, last_modified } };
  };

  resource(router, '/', {
    get: async (_request, response) => {
      const ids = await store.ids();
      response.json({ workspaces: { ids, values: await Promise.all(ids.map(model)) } });
    },
  });
  resource(router, '/*id', {
    get: async (request, response) => {
      response.json(await model(wildcard(request, 'id')));
    },
    put: [
      jsonBody('16mb'),
      async (request, response) => {
        const id = wildcard(request, 'id');
        const raw = JSON.stringify(objectBody(request));
        let workspace: Workspace;
        try {
          workspace = parseWorkspace(raw);
        } catch (error) {
          throw new HttpError(400, `This workspace was not saved: ${(error as Error).message}`);
        }
        if (workspace.metadata.id.replace(/^\//, '') !== id.replace(/^\//, '')) {
          throw new HttpError(400, `The workspace is named "${workspace.metadata.id}", its address says "${id}".`);
        }
        await store.write(id, raw);
        response.status(204).end();
      },
    ],
    delete: async (request, response) => {
      await store.delete(wildcard(request, 'id'));
      response.status(204).end();
    },
  });
  return router;
}

export function parseWorkspace(raw: string): Workspace {
  const value = JSON.parse(raw) as Partial<Workspace> | null;
  if (typeof value?.data !== 'object' || value.data === null) throw new Error('expected an object "data"');
  if (typeof value.metadata?.id !== 'string') throw new Error('expected a name in "metadata.id"');
  return value as Workspace;
}
