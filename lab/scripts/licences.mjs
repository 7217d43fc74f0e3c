// The licences of everything that a build took in: found from the modules themselves, so nothing can be forgotten.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|copying|unlicense|notice)/i;

/**
 * Packages whose package.json does not name their licence; each was looked up by hand, and README.md says where.
 * A package that is missing here and names none fails the build.
 */
const LOOKED_UP = { khroma: 'MIT' };

/** An SPDX-like record of each package that any of `files` belongs to, sorted by name and version. */
export function collectLicences(files, lookedUp = LOOKED_UP) {
  const folders = new Set();
  for (const file of files) {
    const folder = packageFolder(file);
    if (folder) folders.add(folder);
  }
  const packages = new Map();
  for (const folder of folders) {
    const data = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const licenceId = licenceOf(data) || lookedUp[data.name];
    if (!licenceId)
      throw new Error(
        `${data.name}@${data.version} names no licence: look it up, then add it to lab/scripts/licences.mjs`,
      );
    packages.set(`${data.name}@${data.version}`, {
      name: data.name,
      versionInfo: data.version,
      licenseId: licenceId,
      extractedText: licenceText(folder),
    });
  }
  return [...packages.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}

function licenceOf({ license, licenses }) {
  if (typeof license === 'string') return license;
  if (license?.type) return license.type;
  return licenses?.map(each => each.type ?? each).join(' OR ');
}

function licenceText(folder) {
  return readdirSync(folder)
    .filter(name => LICENCE_FILE.test(name) && !/\.(js|ts|json)$/.test(name))
    .sort()
    .map(name => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n');
}

/** The nearest folder above a file that is an installed package: `…/node_modules/name` or `…/node_modules/@scope/name`. */
function packageFolder(file) {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return undefined;
  const folder = parts.slice(0, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join(path.sep);
  return existsSync(path.join(folder, 'package.json')) ? folder : undefined;
}
