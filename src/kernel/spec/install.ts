import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelsFolder, type SpecLocation } from './folders.ts';
import { isOurs, type KernelSpec, kernelSpec, MAIN, readSpec, SPEC_NAME, type SpecContent } from './kernel-json.ts';

const LOGOS = fileURLToPath(new URL('../../../src/kernel/spec/logos/', import.meta.url));

/** Where a kernelspec is, and under which name; `tslab` unless another is given. */
export interface SpecPlace extends SpecLocation {
  name?: string;
}

export interface InstalledSpec {
  name: string;
  folder: string;
  spec: Partial<KernelSpec>;
  /** Written by this project, rather than by stock tslab. */
  isOurs: boolean;
}

/** The folder with the kernel's logos: `logo-32x32.png`, `logo-64x64.png`, `logo-svg.svg`. */
export function logosFolder(): string {
  return LOGOS;
}

/**
 * Writes the kernelspec; returns its folder. One of ours that is there is renewed, and keeps its display name and environment
 * unless others are given. Throws when a kernel of another make has the name, unless `force` is given, when the kernel is not
 * built, and when the folder cannot be written.
 */
export function installKernelSpec(options: SpecPlace & SpecContent & { force?: boolean } = {}): string {
  const { force = false, displayName, env, ...place } = options;
  if (!existsSync(MAIN)) {
    throw new Error(`kernel install: the kernel is not built, ${MAIN} is missing. Build it: npm run build`);
  }
  const folder = specFolder(place);
  const present = findKernelSpec(place);
  if (present && !present.isOurs && !force && !isEmptyFolder(folder)) {
    const isReadable = present.spec.argv !== undefined;
    const maker = present.spec.argv?.some(part => /tslab/.test(part)) ? ', stock tslab' : '';
    const what = isReadable
      ? `another kernel with the name '${present.name}'${maker}`
      : `something with the name '${present.name}' that is no kernelspec that can be read`;
    throw new Error(
      `kernel install: ${folder} holds ${what}. ` +
        'Replace it with --force, or install under another name with --name NAME, or elsewhere with --prefix DIR.',
    );
  }
  const kept = present?.isOurs ? present.spec : {};
  const spec = kernelSpec({ displayName: displayName ?? kept.display_name, env: env ?? kept.env });
  try {
    replaceFolder(folder, fresh => {
      cpSync(LOGOS, fresh, { recursive: true });
      writeFileSync(join(fresh, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
    });
  } catch (error) {
    throw unwritable('install', folder, error, place);
  }
  return folder;
}

/** The kernelspec of that place, if there is one. */
export function findKernelSpec(place: SpecPlace = {}): InstalledSpec | undefined {
  const folder = specFolder(place);
  if (!existsSync(folder)) return undefined;
  const spec = readSpec(folder);
  return { name: place.name ?? SPEC_NAME, folder, spec, isOurs: isOurs(spec) };
}

/** Removes our kernelspec; returns its folder. Throws when there is none, or it is not ours. */
export function uninstallKernelSpec(place: SpecPlace = {}): string {
  const found = findKernelSpec(place);
  if (!found) throw new Error(`kernel uninstall: nothing is installed at ${specFolder(place)}`);
  if (!found.isOurs) throw new Error(`kernel uninstall: ${found.folder} holds another kernel; it is left as it is`);
  try {
    rmSync(found.folder, { recursive: true, force: true });
  } catch (error) {
    throw unwritable('uninstall', found.folder, error);
  }
  return found.folder;
}

/** What a person reads when the folder refuses: what stands in the way, and what to do. */
export function unwritable(
  command: 'install' | 'uninstall',
  folder: string,
  error: unknown,
  { sysPrefix, prefix }: SpecLocation = {},
): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const isElsewhere = sysPrefix === true || prefix !== undefined;
  const other = isElsewhere
    ? 'for this user with --user, or under a folder of yours with --prefix DIR'
    : 'under a folder of yours with --prefix DIR, or say with JUPYTER_DATA_DIR where your data of Jupyter are';
  const where = `kernel ${command}: cannot write ${folder}`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new Error(
        `${where}: this user may not. ${
          command === 'install' ? `Install it ${other}.` : 'Run the command as the user who installed it.'
        }`,
      );
    case 'EROFS':
      return new Error(`${where}: that disk is read-only. Install it ${other}.`);
    case 'ENOTDIR':
    case 'EEXIST':
      return new Error(`${where}: a part of that path is a file, not a folder.`);
    default:
      return new Error(`${where}: ${message}`);
  }
}

function specFolder({ name = SPEC_NAME, ...location }: SpecPlace): string {
  // A name of dots alone would be the folder above.
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(name)) {
    throw new Error(
      'kernel spec: expected a name of letters, digits, dots, dashes and underscores that begins with a letter or a ' +
        `digit, received ${JSON.stringify(name)}`,
    );
  }
  return join(kernelsFolder(location), name);
}

function isEmptyFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false; // a file
  }
}

/** Fills a new folder beside it first, so that no failure leaves a half-written kernelspec. */
function replaceFolder(folder: string, fill: (fresh: string) => void): void {
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(join(dirname(folder), '.learnable-'));
  try {
    const content = join(fresh, 'kernel');
    mkdirSync(content);
    fill(content);
    rmSync(folder, { recursive: true, force: true });
    renameSync(content, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
