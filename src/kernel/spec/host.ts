import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import nodePath from 'node:path';

/** The machine that a kernelspec is for, as far as its paths depend on it. Tests give another one. */
export interface Host {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  home: string;
  /** The Node that runs this. */
  node: string;
  exists(file: string): boolean;
  /** What a command prints; undefined when it is not there, or fails. */
  ask(command: string, args: readonly string[]): string | undefined;
}

export function thisHost(): Host {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    node: process.execPath,
    exists: existsSync,
    ask(command, args) {
      try {
        return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
      } catch {
        return undefined;
      }
    },
  };
}

export function pathOf(host: Host): nodePath.PlatformPath {
  return host.platform === 'win32' ? nodePath.win32 : nodePath.posix;
}

/**
 * The path under which this Node is found next year too. Homebrew deletes the folder of a version when it upgrades, and
 * keeps one link for all; other managers of versions keep the folder.
 */
export function lastingNode(host: Host): string {
  const brewed = /^(.*)\/Cellar\/(node(?:@\d+)?)\/[^/]+\/bin\/node$/.exec(host.node);
  if (!brewed) return host.node;
  const link = `${brewed[1]}/opt/${brewed[2]}/bin/node`;
  return host.exists(link) ? link : host.node;
}
