import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A plugin's settings schema, as the front end's build collected it. */
export interface PluginSchema {
  id: string;
  schema: Record<string, unknown>;
  version: string;
}

/** Reads `schemas/<package>/<plugin>.json`; the id of a plugin is `<package>:<plugin>`. */
export async function loadSchemas(directory: string): Promise<Map<string, PluginSchema>> {
  const found = new Map<string, PluginSchema>();
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const folder = entry.parentPath;
    const packageName = path.relative(directory, folder).split(path.sep).join('/');
    const id = `${packageName}:${entry.name.slice(0, -'.json'.length)}`;
    const schema = JSON.parse(await readFile(path.join(folder, entry.name), 'utf8'));
    found.set(id, { id, schema, version: await versionOf(folder) });
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function versionOf(folder: string): Promise<string> {
  try {
    return JSON.parse(await readFile(path.join(folder, 'package.json.orig'), 'utf8')).version;
  } catch {
    return 'N/A';
  }
}
