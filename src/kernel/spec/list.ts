import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { type SearchFolder, searchFolders } from './folders.ts';
import type { Host } from './host.ts';
import { thisHost } from './host.ts';
import type { InstalledSpec } from './install.ts';
import { isOurs, type KernelSpec, LAUNCHER, readSpec, SPEC_NAME } from './kernel-json.ts';

/** A kernelspec that Jupyter finds, or would find if none of the same name came first. */
export interface ListedSpec extends InstalledSpec {
  /** The folder of the kernelspec that Jupyter takes instead. */
  hiddenBy?: string;
  /** Why it cannot start. */
  fault?: string;
}

export interface ListedFolder extends SearchFolder {
  specs: ListedSpec[];
}

/** Every folder in which Jupyter looks, in its order, with the kernelspecs that are ours or that have the name `tslab`. */
export function listKernelSpecs(host: Host = thisHost()): ListedFolder[] {
  const taken = new Map<string, string>();
  return searchFolders(host).map(({ folder, origin }) => {
    const specs: ListedSpec[] = [];
    for (const entry of entries(folder)) {
      const spec = readSpec(join(folder, entry));
      const name = entry.toLowerCase();
      const place = join(folder, entry);
      if (!isOurs(spec) && (name !== SPEC_NAME || !existsSync(join(place, 'kernel.json')))) continue;
      specs.push({
        name,
        folder: place,
        spec,
        isOurs: isOurs(spec),
        hiddenBy: taken.get(name),
        fault: fault(spec, host),
      });
      if (!taken.has(name)) taken.set(name, place);
    }
    return { folder, origin, specs };
  });
}

/** Paths that were right when it was installed may point nowhere after Node or the project moved. */
function fault({ argv }: Partial<KernelSpec>, host: Host): string | undefined {
  if (!Array.isArray(argv)) return 'its kernel.json cannot be read';
  const [node, ...rest] = argv;
  if (node !== undefined && isAbsolute(node) && !host.exists(node)) {
    return `${node} is gone: Node was moved or upgraded`;
  }
  const gone = rest.flatMap(withWhatItStarts).find(part => isAbsolute(part) && !host.exists(part));
  return gone === undefined ? undefined : `${gone} is gone: the kernel was moved, or is not built`;
}

/** Our launcher is there before anything is built. */
function withWhatItStarts(part: string): string[] {
  return basename(part) === basename(LAUNCHER)
    ? [part, join(dirname(part), '..', 'dist', 'kernel', 'main.js')]
    : [part];
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
