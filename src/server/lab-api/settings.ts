import { Router } from 'express';
import JSON5 from 'json5';
import { HttpError } from '../http/errors.ts';
import { jsonBody, objectBody, resource, textField, wildcard } from '../http/resource.ts';
import type { PluginSchema } from './schemas.ts';
import type { FileStore } from './store.ts';

export type Settings = Record<string, unknown>;

/** `/lab/api/settings`: the schema of each plugin with what the learner set. */
export function settingsRoutes(schemas: Map<string, PluginSchema>, store: FileStore<Settings>): Router {
  const router = Router();

  const model = async ({ id, schema, version }: PluginSchema) => {
    const stored = await store.read(id);
    return {
      id,
      schema,
      version,
      raw: stored?.raw ?? '{}',
      settings: stored?.value ?? {},
      created: stored?.created ?? null,
      last_modified: stored?.last_modified ?? null,
    };
  };
  const find = (id: string) => {
    const plugin = schemas.get(id);
    if (plugin === undefined) throw new HttpError(404, `No plugin "${id}" has settings.`);
    return plugin;
  };

  resource(router, '/', {
    get: async (request, response) => {
      const plugins = [...schemas.values()];
      const idsOnly = request.query.ids_only === 'true';
      response.json({ settings: idsOnly ? plugins.map(({ id }) => ({ id })) : await Promise.all(plugins.map(model)) });
    },
  });
  resource(router, '/*id', {
    get: async (request, response) => {
      response.json(await model(find(wildcard(request, 'id'))));
    },
    put: [
      jsonBody('1mb'),
      async (request, response) => {
        const { id } = find(wildcard(request, 'id'));
        const raw = textField(objectBody(request), 'raw');
        if (raw === undefined) throw new HttpError(400, 'Settings are saved as text in "raw".');
        try {
          parseSettings(raw);
        } catch (error) {
          throw new HttpError(400, `These settings were not saved: ${(error as Error).message}`);
        }
        await store.write(id, raw);
        response.status(204).end();
      },
    ],
  });
  return router;
}

/** Settings are JSON with comments. */
export function parseSettings(raw: string): Settings {
  const value: unknown = JSON5.parse(raw.trim() === '' ? '{}' : raw);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('expected an object');
  return value as Settings;
}
