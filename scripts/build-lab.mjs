// Builds the JupyterLab front end and packs it to lab/app.tgz. Needs `npm ci` in lab/ before.
//   node scripts/build-lab.mjs            build and pack
//   node scripts/build-lab.mjs --verify   build, and compare with the committed lab/app.tgz file by file
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as tar from 'tar';

const lab = fileURLToPath(new URL('../lab/', import.meta.url)).replace(/[\\/]$/, '');
const output = path.join(lab, 'build', 'app');
const packed = path.join(lab, 'app.tgz');

if (!existsSync(path.join(lab, 'node_modules', '@rspack', 'core'))) {
  console.error('The packages of the front end are not installed. Run: npm ci --prefix lab');
  process.exit(1);
}

const { collectLicences } = await import('../lab/scripts/licences.mjs');
const { findExtensions, writeEntry, writeSchemas } = await import('../lab/scripts/extensions.mjs');
const { hashSources } = await import('../lab/scripts/sources.mjs');
const { appConfig, themeConfig } = await import('../lab/rspack.config.mjs');
const labRequire = createRequire(path.join(lab, 'package.json'));
const { rspack } = await import(pathToFileURL(labRequire.resolve('@rspack/core')));

await build();
if (process.argv.includes('--verify')) await verify();
else await pack();

async function build() {
  rmSync(path.join(lab, 'build'), { recursive: true, force: true });
  const extensions = findExtensions(lab);
  writeEntry(extensions, path.join(lab, 'build', 'generated', 'extensions.js'));
  writeSchemas(extensions, readJson(path.join(lab, 'src', 'defaults.json')), path.join(output, 'schemas'));

  const themes = extensions.filter(({ themePath }) => themePath).map(theme => themeConfig(lab, output, theme));
  const { stats, files } = await bundle([appConfig(lab, output), ...themes]);
  for (const theme of themes) rmSync(path.join(theme.output.path, 'index.js'), { force: true });

  const app = stats.children.find(({ name }) => name === 'app');
  writePage(app.entrypoints.main.assets.map(({ name }) => name));
  writeJson('third-party-licenses.json', { packages: collectLicences(files) });
  const version = labRequire('@jupyterlab/application/package.json').version;
  writeJson('manifest.json', { name: 'JupyterLab', version, sources: hashSources(lab), files: hashFiles() });
}

function bundle(configs) {
  return new Promise((resolve, reject) => {
    const compiler = rspack(configs);
    compiler.run((error, result) => {
      if (error) return reject(error);
      const stats = result.toJson({
        all: false,
        children: true,
        entrypoints: true,
        errors: true,
        warnings: true,
        modules: true,
        nestedModules: true,
        modulesSpace: Infinity,
        nestedModulesSpace: Infinity,
      });
      for (const { message } of stats.children.flatMap(child => child.warnings ?? [])) console.warn(message);
      if (result.hasErrors())
        return reject(
          new Error(
            stats.children
              .flatMap(child => child.errors ?? [])
              .map(each => each.message)
              .join('\n\n'),
          ),
        );
      const files = new Set();
      const visit = module => {
        if (module.nameForCondition) files.add(module.nameForCondition);
        module.modules?.forEach(visit);
      };
      for (const child of stats.children) child.modules?.forEach(visit);
      compiler.close(closing => (closing ? reject(closing) : resolve({ stats, files })));
    });
  });
}

function writePage(assets) {
  const url = name => `@@STATIC_URL@@/${name}`;
  const inOrder = [...assets.filter(name => name.endsWith('.css')), ...assets.filter(name => name.endsWith('.js'))];
  const tags = inOrder.map(name =>
    name.endsWith('.css')
      ? `<link rel="stylesheet" href="${url(name)}" />`
      : `<script defer src="${url(name)}"></script>`,
  );
  const template = readFileSync(path.join(lab, 'src', 'index.html'), 'utf8');
  writeFileSync(path.join(output, 'index.html'), template.replace('<!-- assets -->', tags.join('\n    ')));
}

async function pack() {
  const entries = listFiles().concat('manifest.json').sort();
  // No owner, no time, one order: the same files give the same archive.
  await tar.create(
    { file: packed, cwd: output, gzip: { level: 9 }, portable: true, noPax: true, mtime: new Date(0) },
    entries,
  );
  const megabytes = (statSync(packed).size / 1e6).toFixed(2);
  console.log(`lab/app.tgz: ${entries.length} files, ${megabytes} MB`);
}

/** gzip's bytes differ between releases of zlib, so the files are compared and not the archive. */
async function verify() {
  const chunks = [];
  const keep = entry => entry.path === 'manifest.json' && entry.on('data', chunk => chunks.push(chunk));
  await new Promise((resolve, reject) => {
    createReadStream(packed)
      .on('error', reject)
      .pipe(tar.list({ onReadEntry: keep }))
      .on('end', resolve)
      .on('error', reject);
  });
  const committed = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const built = readJson(path.join(output, 'manifest.json'));
  const names = new Set([...Object.keys(committed.files), ...Object.keys(built.files)]);
  const different = [...names].filter(name => committed.files[name] !== built.files[name]).sort();
  if (different.length > 0 || committed.version !== built.version) {
    console.error(
      `lab/app.tgz is not what its source builds to; run \`npm run build\` in lab/. Different:\n  ${different.join('\n  ')}`,
    );
    process.exit(1);
  }
  console.log(`lab/app.tgz is what its source builds to: ${names.size} files, JupyterLab ${built.version}`);
}

function listFiles(folder = '') {
  return readdirSync(path.join(output, folder), { withFileTypes: true }).flatMap(entry => {
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? listFiles(name) : name === 'manifest.json' ? [] : [name];
  });
}

function hashFiles() {
  const hash = name =>
    createHash('sha256')
      .update(readFileSync(path.join(output, name)))
      .digest('hex');
  return Object.fromEntries(
    listFiles()
      .sort()
      .map(name => [name, hash(name)]),
  );
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function writeJson(name, value) {
  mkdirSync(output, { recursive: true });
  writeFileSync(path.join(output, name), `${JSON.stringify(value, null, 1)}\n`);
}
