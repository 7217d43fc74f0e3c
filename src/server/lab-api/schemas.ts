import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A plugin's settings schema, as the front end's build collected it. */
export interface PluginSchema {
  id: string;
  schema: Record<string, unknown>;
  version: string;
}

/** Plugin id → setting → the default that holds here instead of the schema's. */
export type SettingOverrides = Record<string, Record<string, unknown>>;

/** Reads `schemas/<package>/<plugin>.json`; the id of a plugin is `<package>:<plugin>`. */
export async function loadSchemas(directory: string, overrides: SettingOverrides): Promise<Map<string, PluginSchema>> {
  const found = new Map<string, PluginSchema>();
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const folder = entry.parentPath;
    const packageName = path.relative(directory, folder).split(path.sep).join('/');
    const id = `${packageName}:${entry.name.slice(0, -'.json'.length)}`;
    const schema = JSON.parse(await readFile(path.join(folder, entry.name), 'utf8'));
    const version = await versionOf(folder);
    found.set(id, { id, schema: override(schema, overrides[id] ?? {}), version });
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

/** Another default; an object default gets the keys of the override. */
function override(schema: Record<string, unknown>, defaults: Record<string, unknown>): Record<string, unknown> {
  const properties = { ...(schema.properties as Record<string, { default?: unknown }> | undefined) };
  for (const [name, value] of Object.entries(defaults)) {
    const before = properties[name]?.default;
    const isMerge = isObject(before) && isObject(value);
    properties[name] = { ...properties[name], default: isMerge ? { ...before, ...value } : value };
  }
  return Object.keys(defaults).length === 0 ? schema : { ...schema, properties };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
