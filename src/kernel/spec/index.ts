import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../threads.ts';
import { kernelsFolder, type SpecLocation } from './folders.ts';

export type { SpecLocation } from './folders.ts';
export { LANGUAGE_INFO } from './language-info.ts';

/** Under the name of tslab, so that its notebooks open on our kernel. */
export const SPEC_NAME = 'tslab';

export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: 'message';
  env: Record<string, string>;
  metadata: Record<string, unknown>;
}

export interface InstalledSpec {
  name: string;
  folder: string;
  spec: Partial<KernelSpec>;
  /** Written by this project, rather than by stock tslab. */
  isOurs: boolean;
}

const MAIN = fileURLToPath(new URL('../../../dist/kernel/main.js', import.meta.url));
const LOGOS = fileURLToPath(new URL('../../../src/kernel/spec/logos/', import.meta.url));

/** The content of `kernel.json`; all paths are absolute, so it works wherever Jupyter is started. */
export function kernelSpec(): KernelSpec {
  return {
    argv: [process.execPath, ...NODE_FLAGS, MAIN, '--connection-file', '{connection_file}'],
    display_name: 'TypeScript (learnable)',
    language: 'typescript',
    interrupt_mode: 'message',
    env: {},
    metadata: { learnable: true, debugger: false },
  };
}

/** The folder with the kernel's logos: `logo-32x32.png`, `logo-64x64.png`, `logo-svg.svg`. */
export function logosFolder(): string {
  return LOGOS;
}

/**
 * Writes the kernelspec; returns its folder. Throws when a kernel of another make has the name, unless `force` is given,
 * and when the kernel is not built.
 */
export function installKernelSpec({ force = false, ...location }: SpecLocation & { force?: boolean } = {}): string {
  if (!existsSync(MAIN))
    throw new Error(`kernel install: the kernel is not built, ${MAIN} is missing. Build it: npm run build`);
  const folder = join(kernelsFolder(location), SPEC_NAME);
  if (existsSync(folder) && !isOurs(readSpec(folder)) && !force) {
    throw new Error(
      `kernel install: ${folder} holds another kernel with the name '${SPEC_NAME}', likely stock tslab. ` +
        'Replace it with --force, or install elsewhere with --prefix DIR.',
    );
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(LOGOS, folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(kernelSpec(), null, 2)}\n`);
  return folder;
}

/** The kernelspec of that location, if there is one. */
export function findKernelSpec(location: SpecLocation = {}): InstalledSpec | undefined {
  const folder = join(kernelsFolder(location), SPEC_NAME);
  if (!existsSync(folder)) return undefined;
  const spec = readSpec(folder);
  return { name: SPEC_NAME, folder, spec, isOurs: isOurs(spec) };
}

/** Removes our kernelspec; returns its folder. Throws when there is none, or it is not ours. */
export function uninstallKernelSpec(location: SpecLocation = {}): string {
  const found = findKernelSpec(location);
  if (!found) throw new Error(`kernel uninstall: nothing is installed at ${join(kernelsFolder(location), SPEC_NAME)}`);
  if (!found.isOurs) throw new Error(`kernel uninstall: ${found.folder} holds another kernel; it is left as it is`);
  rmSync(found.folder, { recursive: true, force: true });
  return found.folder;
}

function readSpec(folder: string): Partial<KernelSpec> {
  try {
    return JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')) as Partial<KernelSpec>;
  } catch {
    return {};
  }
}

function isOurs(spec: Partial<KernelSpec>): boolean {
  return spec.metadata?.learnable === true;
}
