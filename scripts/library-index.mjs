// What the library exports, read from its sources: names, first sentences, examples. `node scripts/library-index.mjs` writes
// docs/library.md; the tests compare it, and run every example.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'oxc-parser';
import { root } from './setup.mjs';

/** The namespaces of `learnable`, and what stands beside them. */
export function readLibrary() {
  const door = path.join(root, 'src', 'index.ts');
  const { module } = parse(door);
  const spaces = [];
  const loose = [];
  for (const { entries } of module.staticExports) {
    for (const { exportName, importName, moduleRequest } of entries) {
      if (!moduleRequest?.value.startsWith('.')) continue;
      const file = path.join(path.dirname(door), moduleRequest.value);
      if (importName.kind === 'Name') loose.push(...named(file, importName.name, exportName.name));
      else spaces.push({ name: exportName.name, about: headOf(file), members: membersOf(file) });
    }
  }
  return { spaces, loose };
}

function membersOf(file) {
  const { module } = parse(file);
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ exportName, importName, moduleRequest, isType }) => {
      if (isType || exportName.kind !== 'Name') return [];
      const from = moduleRequest ? path.join(path.dirname(file), moduleRequest.value) : file;
      if (importName.kind.startsWith('All'))
        return membersOf(from).map(inner => ({ ...inner, name: `${exportName.name}.${inner.name}` }));
      return named(from, importName.name ?? exportName.name, exportName.name);
    });
}

/** A value under its name, with what its comment says; nothing for a type. */
function named(file, localName, name) {
  const { program, comments, source, module } = parse(file);
  for (const { entries } of module.staticExports) {
    for (const entry of entries) {
      if (entry.exportName.name !== localName || !entry.moduleRequest) continue;
      if (entry.isType) return [];
      return named(path.join(path.dirname(file), entry.moduleRequest.value), entry.importName.name, name);
    }
  }
  const inner = module.staticExports
    .flatMap(({ entries }) => entries)
    .filter(({ importName, exportName }) => importName.kind.startsWith('All') && exportName.kind !== 'Name')
    .flatMap(({ moduleRequest }) => named(path.join(path.dirname(file), moduleRequest.value), localName, name));
  if (inner.length > 0) return inner;
  const found = program.body
    .map(node => ({ node, declared: node.type === 'ExportNamedDeclaration' ? node.declaration : null }))
    .find(({ declared }) => declared && namesOf(declared).includes(localName));
  if (!found || /^TS(?:Interface|TypeAlias)Declaration$/.test(found.declared.type)) return [];
  const comment = comments.findLast(
    ({ end, value }) =>
      end <= found.node.start && value.startsWith('*') && source.slice(end, found.node.start).trim() === '',
  );
  return [{ name, file: path.relative(root, file).split(path.sep).join('/'), ...readComment(comment?.value ?? '') }];
}

function namesOf(declared) {
  if (declared.type === 'VariableDeclaration') return declared.declarations.map(({ id }) => id.name);
  return declared.id ? [declared.id.name] : [];
}

function readComment(comment) {
  const text = comment
    .replace(/^\*/, '')
    .replace(/^\s*\* ?/gm, '')
    .trim();
  const [about, ...tags] = text.split(/^@/m);
  const sentence = /^[\s\S]*?[.:](?=\s|$)/.exec(about.trim())?.[0] ?? about.trim();
  const examples = tags.filter(tag => tag.startsWith('example')).map(tag => tag.slice('example'.length).trim());
  return { about: sentence.replace(/\s+/g, ' ').replace(/:$/, '.'), examples };
}

function headOf(file) {
  const { comments, source } = parse(file);
  const [first] = comments;
  return first?.value.startsWith('*') && source.slice(0, first.start).trim() === ''
    ? readComment(first.value).about
    : '';
}

const parsed = new Map();
function parse(file) {
  if (!parsed.has(file)) {
    const source = readFileSync(file, 'utf8');
    const { program, comments, module } = parseSync(file, source);
    parsed.set(file, { source, program, comments, module });
  }
  return parsed.get(file);
}

/** The index as Markdown. */
export function libraryPage({ spaces, loose } = readLibrary()) {
  const row = (prefix, { name, file, about }) =>
    `| [\`${prefix}${name}\`](../${file}) | ${about.replaceAll('|', '\\|')} |`;
  const table = (prefix, members) =>
    [
      '| | |',
      '|---|---|',
      ...members.toSorted((a, b) => a.name.localeCompare(b.name, 'en')).map(member => row(prefix, member)),
    ].join('\n');
  const parts = spaces
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .map(({ name, about, members }) => `## ${name}\n${about ? `\n${about}\n` : ''}\n${table(`${name}.`, members)}\n`);
  return [
    '# The library',
    '',
    "All that `import { … } from 'learnable'` gives, beside `tf`, which is TensorFlow.js itself. Made from the sources by",
    '`node scripts/library-index.mjs`: each name leads to its file, whose comment gives shapes, errors and an example that is run by the tests.',
    '',
    table('', loose),
    '',
    ...parts,
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(path.join(root, 'docs', 'library.md'), libraryPage());
}
