// Reads what each JupyterLab package says of itself, and writes from it what the bundler and the server need.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));

/** The dependencies of `lab/package.json` that are Lab extensions, in the order of their names. */
export function findExtensions(lab) {
  const { dependencies } = readJson(path.join(lab, 'package.json'));
  return Object.keys(dependencies)
    .sort()
    .map(name => ({ name, folder: path.join(lab, 'node_modules', name) }))
    .map(entry => ({ ...entry, data: readJson(path.join(entry.folder, 'package.json')) }))
    .filter(({ data }) => data.jupyterlab?.extension || data.jupyterlab?.mimeExtension)
    .map(({ name, folder, data }) => ({
      name,
      folder,
      version: data.version,
      style: data.styleModule,
      ...data.jupyterlab,
    }));
}

/** A module that imports every extension and its styles, so that one bundle holds all of them. */
export function writeEntry(extensions, file) {
  const imports = [];
  const lists = { plugins: [], mimeExtensions: [] };
  extensions.forEach(({ name, style, extension, mimeExtension }, index) => {
    if (style) imports.push(`import '${name}/${style}';`);
    for (const [list, main] of Object.entries({ plugins: extension, mimeExtensions: mimeExtension })) {
      if (!main) continue;
      const identifier = `${list}${index}`;
      imports.push(`import ${identifier} from '${main === true ? name : `${name}/${main}`}';`);
      lists[list].push(`{ package: '${name}', module: ${identifier} }`);
    }
  });
  const exports = Object.entries(lists).map(
    ([list, items]) => `export const ${list} = [\n  ${items.join(',\n  ')},\n];`,
  );
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${[...imports, ...exports].join('\n')}\n`);
}

/**
 * Copies the schemas of all settings, with our defaults written over JupyterLab's, so that a server needs to know
 * nothing of them. A default for a setting that is not there is an error: a new release may have renamed it.
 */
export function writeSchemas(extensions, defaults, folder) {
  const left = new Map(Object.entries(defaults));
  for (const { name, folder: source, version, schemaDir } of extensions) {
    if (!schemaDir) continue;
    const target = path.join(folder, name);
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(path.join(source, schemaDir)).filter(each => each.endsWith('.json'))) {
      const schema = readJson(path.join(source, schemaDir, file));
      const id = `${name}:${file.slice(0, -'.json'.length)}`;
      for (const [property, value] of Object.entries(left.get(id) ?? {})) {
        if (!schema.properties?.[property]) throw new Error(`src/defaults.json: '${id}' has no setting '${property}'`);
        const before = schema.properties[property].default;
        schema.properties[property].default = isObject(value) && isObject(before) ? { ...before, ...value } : value;
      }
      left.delete(id);
      writeFileSync(path.join(target, file), JSON.stringify(schema));
    }
    writeFileSync(path.join(target, 'package.json.orig'), JSON.stringify({ name, version }));
  }
  if (left.size > 0) throw new Error(`src/defaults.json: no such settings: ${[...left.keys()].join(', ')}`);
}

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
