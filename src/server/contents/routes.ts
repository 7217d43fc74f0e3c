import { type Request, Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { jsonBody, objectBody, resource, textField, wildcard } from '../http/resource.ts';
import type { ContentsManager } from './manager.ts';

/** A notebook with its outputs must fit; larger files are uploaded in chunks. */
const BODY_LIMIT = '256mb';

/** `/api/contents` */
export function contentsRoutes(contents: ContentsManager): Router {
  const router = Router({ caseSensitive: true });
  const body = jsonBody(BODY_LIMIT);

  resource(router, '{/*path}', {
    get: async (request, response) => {
      const { content, type, format, hash } = request.query as Record<string, string | undefined>;
      response.json(
        await contents.get(pathOf(request), { content: content !== '0', type, format, hash: hash === '1' }),
      );
    },
    post: [
      body,
      async (request, response) => {
        const fields = objectBody(request);
        const model = await contents.create(pathOf(request), {
          type: textField(fields, 'type'),
          ext: textField(fields, 'ext'),
          copyFrom: textField(fields, 'copy_from'),
        });
        response.status(201).location(addressOf(model.path)).json(model);
      },
    ],
    put: [
      body,
      async (request, response) => {
        if (pathOf(request) === '') throw new HttpError(400, 'The root folder cannot be saved.');
        response.json(await contents.save(pathOf(request), objectBody(request)));
      },
    ],
    patch: [
      body,
      async (request, response) => {
        const newPath = textField(objectBody(request), 'path');
        if (newPath === undefined) throw new HttpError(400, 'To rename a file, "path" must name the new path.');
        const model = await contents.rename(pathOf(request), newPath);
        response.location(addressOf(model.path)).json(model);
      },
    ],
    delete: async (request, response) => {
      await contents.delete(pathOf(request));
      response.status(204).end();
    },
  });
  return router;
}

function pathOf(request: Request): string {
  return wildcard(request, 'path');
}

function addressOf(apiPath: string): string {
  return `/api/contents/${apiPath.split('/').map(encodeURIComponent).join('/')}`;
}
