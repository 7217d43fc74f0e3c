import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../threads.ts';
import { type Host, lastingNode, thisHost } from './host.ts';

/** Under the name of tslab, so that its notebooks open on our kernel. */
export const SPEC_NAME = 'tslab';
export const DISPLAY_NAME = 'TypeScript (learnable)';
/** What must be built. */
export const MAIN = fileURLToPath(new URL('../../../dist/kernel/main.js', import.meta.url));
/** What is started: it tells why where {@link MAIN} does not load. */
export const LAUNCHER = fileURLToPath(new URL('../../../bin/kernel.mjs', import.meta.url));

export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: 'message';
  env: Record<string, string>;
  metadata: Record<string, unknown>;
}

export interface SpecContent {
  displayName?: string;
  /** What the kernel finds in its environment, such as `NODE_OPTIONS`. */
  env?: Record<string, string>;
}

/** The content of `kernel.json`; all paths are absolute, so it works wherever Jupyter is started. */
export function kernelSpec({ displayName, env }: SpecContent = {}, host: Host = thisHost()): KernelSpec {
  return {
    argv: [lastingNode(host), ...NODE_FLAGS, LAUNCHER, '--connection-file', '{connection_file}'],
    display_name: displayName ?? DISPLAY_NAME,
    language: 'typescript',
    interrupt_mode: 'message',
    env: env ?? {},
    metadata: { learnable: true, debugger: false },
  };
}

/** The `kernel.json` in that folder; empty when there is none that can be read. */
export function readSpec(folder: string): Partial<KernelSpec> {
  try {
    const spec: unknown = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));
    return typeof spec === 'object' && spec !== null ? spec : {};
  } catch {
    return {};
  }
}

/** The file that a kernelspec of ours starts, if it is of another copy of this project. */
export function otherCopy({ argv = [] }: Partial<KernelSpec>): string | undefined {
  const file = argv[argv.indexOf('--connection-file') - 1];
  return file === LAUNCHER || file === MAIN ? undefined : file;
}

/** Whether this project wrote it, rather than stock tslab. */
export function isOurs(spec: Partial<KernelSpec>): boolean {
  return spec.metadata?.learnable === true;
}
