import { Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { jsonBody, objectBody, parameter, resource, textField } from '../http/resource.ts';
import type { KernelManager } from './manager.ts';
import type { SessionFields, SessionManager } from './sessions.ts';

/** `/api/kernels` */
export function kernelRoutes(kernels: KernelManager): Router {
  const router = Router();
  resource(router, '/', {
    get: (_request, response) => {
      response.json(kernels.list().map(kernel => kernel.model()));
    },
    post: [
      jsonBody('100kb'),
      async (request, response) => {
        const fields = objectBody(request);
        const kernel = await kernels.start(textField(fields, 'name'), textField(fields, 'path'));
        response.status(201).location(`/api/kernels/${kernel.id}`).json(kernel.model());
      },
    ],
  });
  resource(router, '/:id', {
    get: (request, response) => {
      response.json(kernels.get(parameter(request, 'id')).model());
    },
    delete: async (request, response) => {
      await kernels.shutdown(parameter(request, 'id'));
      response.status(204).end();
    },
  });
  resource(router, '/:id/interrupt', {
    post: async (request, response) => {
      await kernels.get(parameter(request, 'id')).interrupt();
      response.status(204).end();
    },
  });
  resource(router, '/:id/restart', {
    post: async (request, response) => {
      const kernel = kernels.get(parameter(request, 'id'));
      await kernel.restart();
      response.json(kernel.model());
    },
  });
  return router;
}

/** `/api/sessions` */
export function sessionRoutes(sessions: SessionManager): Router {
  const router = Router();
  const body = jsonBody('100kb');
  resource(router, '/', {
    get: (_request, response) => {
      response.json(sessions.list());
    },
    post: [
      body,
      async (request, response) => {
        const session = await sessions.open(sessionFields(objectBody(request)));
        response.status(201).location(`/api/sessions/${session.id}`).json(session);
      },
    ],
  });
  resource(router, '/:id', {
    get: (request, response) => {
      response.json(sessions.get(parameter(request, 'id')));
    },
    patch: [
      body,
      async (request, response) => {
        response.json(await sessions.change(parameter(request, 'id'), sessionFields(objectBody(request))));
      },
    ],
    delete: async (request, response) => {
      await sessions.delete(parameter(request, 'id'));
      response.status(204).end();
    },
  });
  return router;
}

function sessionFields(body: Record<string, unknown>): SessionFields {
  const kernel = objectField(body, 'kernel');
  const notebook = objectField(body, 'notebook'); // the older form of `path` and `name`
  return {
    path: textField(body, 'path') ?? (notebook && textField(notebook, 'path')),
    name: textField(body, 'name') ?? (notebook && textField(notebook, 'name')),
    type: textField(body, 'type'),
    kernel: kernel && { id: textField(kernel, 'id'), name: textField(kernel, 'name') },
  };
}

function objectField(body: Record<string, unknown>, name: string): Record<string, unknown> | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw new HttpError(400, `"${name}" must be an object.`);
  return value as Record<string, unknown>;
}
