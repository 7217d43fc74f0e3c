import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import nodePath from 'node:path';

/** The machine that a kernelspec is for, as far as its paths depend on it. Tests give another one. */
export interface Host {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  /** Throws where there is none, as for a user without a name in a container. */
  readonly home: string;
  /** The Node that runs this. */
  node: string;
  exists(file: string): boolean;
  /** The path without links; throws when there is no such file. */
  real(file: string): string;
  /** What a command prints; undefined when it is not there, or fails. */
  ask(command: string, args: readonly string[]): string | undefined;
}

export function thisHost(): Host {
  return {
    platform: process.platform,
    env: process.env,
    get home() {
      return homeFolder();
    },
    node: process.execPath,
    exists: existsSync,
    real: realpathSync,
    ask(command, args) {
      try {
        return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
      } catch {
        return undefined;
      }
    },
  };
}

function homeFolder(): string {
  try {
    const home = homedir() || userInfo().homedir; // HOME may be set to nothing
    if (home) return home;
  } catch {
    // This user has no name, and so no home.
  }
  throw new Error(
    'kernel spec: this user has no home folder. Set HOME or JUPYTER_DATA_DIR, or name a folder with --prefix DIR.',
  );
}

export function pathOf(host: Host): nodePath.PlatformPath {
  return host.platform === 'win32' ? nodePath.win32 : nodePath.posix;
}

/**
 * The path under which this Node is found next year too. Homebrew deletes the folder of a version when it upgrades, and
 * keeps one link for all; fnm makes a link for each terminal; other managers of versions keep the folder.
 */
export function lastingNode(host: Host): string {
  const { node } = host;
  if (/[\\/]fnm_multishells[\\/]/.test(node)) return host.exists(node) ? host.real(node) : node;
  const brewed = /^(.*)\/Cellar\/(node(?:@\d+)?)\/[^/]+\/bin\/node$/.exec(node);
  if (!brewed) return node;
  const link = `${brewed[1]}/opt/${brewed[2]}/bin/node`;
  return host.exists(link) ? link : node;
}
