import { Router } from 'express';
import { resource, wildcard } from '../http/resource.ts';
import type { ContentsManager } from './manager.ts';
import { mimeTypeOf } from './read.ts';

/**
 * `/files/<path>`: a file as it is, for downloads, images and videos. A page among them runs in a sandbox of its own,
 * without this server's origin.
 */
export function fileRoutes(contents: ContentsManager): Router {
  const router = Router();
  resource(router, '/*path', {
    get: async (request, response) => {
      const apiPath = wildcard(request, 'path');
      const file = await contents.fileOf(apiPath);
      response.set('Content-Security-Policy', "frame-ancestors 'self'; sandbox allow-scripts");
      const type = mimeTypeOf(apiPath) ?? 'application/octet-stream';
      response.type(type.startsWith('text/') ? `${type}; charset=utf-8` : type);
      if (request.query.download) response.attachment(apiPath.slice(apiPath.lastIndexOf('/') + 1)).type(type);
      await new Promise<void>((resolve, reject) => {
        // Hidden files were refused already; the root itself may lie in a hidden folder.
        const options = { dotfiles: 'allow' as const, cacheControl: false };
        response.sendFile(file, options, error => (error ? reject(error) : resolve()));
      }).catch(error => {
        if (!response.headersSent) throw error; // else the client went away
      });
    },
  });
  return router;
}
