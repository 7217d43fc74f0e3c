import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { API, type Project, type Snapshot } from 'typescript/unstable/sync';

/** TypeScript, in a process of its own, over a set of files that exist in memory only, beside the notebook. */
export class NotebookProgram {
  readonly files = new Map<string, string>();
  readonly #directory: string;
  readonly #config: string;
  #api: API | undefined;
  #snapshot: Snapshot | undefined;

  constructor(directory: string) {
    this.#directory = directory;
    this.#config = this.path('tsconfig.json');
  }

  path(name: string): string {
    return join(this.#directory, `notebook~${name}`).replaceAll('\\', '/');
  }

  get project(): Project {
    if (!this.#snapshot) this.#start();
    const project = this.#snapshot?.getProject(this.#config);
    if (!project) throw new Error('TypeScript did not open the notebook.');
    return project;
  }

  write(changes: Record<string, string>): void {
    for (const [path, text] of Object.entries(changes)) this.files.set(path, text);
    if (!this.#api) return;
    // One at a time: several changes at once make TypeScript build the whole program anew.
    for (const path of Object.keys(changes)) {
      const before = this.#snapshot;
      this.#snapshot = this.#api.updateSnapshot({ fileChanges: { changed: [path] } });
      before?.dispose();
    }
  }

  /** Asks; when TypeScript's process is gone, starts it again with the same files and asks once more. */
  ask<T>(question: (project: Project) => T): T {
    try {
      return question(this.project);
    } catch (error) {
      if (this.#answers()) throw error;
      this.close();
      return question(this.project);
    }
  }

  close(): void {
    try {
      killProcess(this.#api);
      this.#api?.close();
    } catch {
      // It is gone already.
    }
    this.#api = undefined;
    this.#snapshot = undefined;
  }

  #start(): void {
    const { files } = this;
    this.#api = new API({
      cwd: this.#directory,
      fs: { readFile: path => files.get(path), fileExists: path => (files.has(path) ? true : undefined) },
    });
    this.#snapshot = this.#api.updateSnapshot({ openProjects: [this.#config] });
  }

  #answers(): boolean {
    try {
      this.#api?.parseConfigFile(this.#config);
      return this.#api !== undefined;
    } catch {
      return false;
    }
  }
}

/** It has nothing to save; asked to end, it would say "context canceled" on our stderr. Where it is no longer found, it is asked. */
function killProcess(api: API | undefined): void {
  const { client } = (api ?? {}) as { client?: { channel?: { child?: ChildProcess } } };
  client?.channel?.child?.kill('SIGKILL');
}
