import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API, type Project, type Snapshot } from 'typescript/unstable/sync';
import { startApart } from './apart.ts';
import { Declarations, stampOf } from './declarations/index.ts';
import { findConfig, libFiles, type ProjectConfig, projectConfig, type UserConfig } from './options.ts';

/** A name as editors give to text that is not saved; `completion/scope.ts` says why. */
export const SCOPE_PATH = '^/untitled/ts-nul-authority/notebook~scope.ts';

/** No ordinary answer takes so long; the first one does, which is not asked twice either. */
const LONG_MS = 400;

export interface ProgramOptions {
  directory: string;
  /** Declarations of modules that exist in the kernel only. */
  libraries: Record<string, string>;
  /** Hears of what the learner should know, such as a `tsconfig.json` that cannot be read. */
  onNotice(text: string): void;
  /** Hears the id of TypeScript's process whenever one starts. */
  onStart(pid: number | undefined): void;
  /** Nobody waits for the answer any more. */
  isGivenUp(): boolean;
}

/** TypeScript, in a process of its own, over a set of files that exist in memory only, beside the notebook. */
export class NotebookProgram {
  readonly files = new Map<string, string>();
  /** Another number whenever files outside of the notebook may say something else. */
  generation = 0;
  readonly #options: ProgramOptions;
  readonly #config: string;
  #api: API | undefined;
  #child: ChildProcess | undefined;
  #declarations: Declarations | undefined;
  #snapshot: Snapshot | undefined;
  readonly #stale: Snapshot[] = [];
  /** The learner's own files that TypeScript has read, with their state then. */
  readonly #localFiles = new Map<string, string>();
  readonly #configFiles = new Map<string, string>();
  #userConfig: string | undefined;
  #reported = '';
  /** A module was not found: whether it is there now is looked up anew. */
  #looksAgain = false;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.#config = this.path('tsconfig.json');
  }

  path(name: string): string {
    return join(this.#options.directory, `notebook~${name}`).replaceAll('\\', '/');
  }

  get project(): Project {
    if (!this.#snapshot) this.#start();
    const project = this.#snapshot?.getProject(this.#config);
    if (!project) throw new Error('TypeScript did not open the notebook.');
    return project;
  }

  /** Changes one file: TypeScript updates it alone, whereas several changes at once make it build the whole program anew. */
  write(path: string, text: string): void {
    if (this.files.get(path) === text) return;
    this.files.set(path, text);
    if (this.#api) this.#update({ changed: [path] });
  }

  /** Takes in what changed on disk since TypeScript read it. */
  refresh(): void {
    if (!this.#api) return;
    const configChanged = [...this.#configFiles].some(([file, stamp]) => stampOf(file) !== stamp);
    if (configChanged || findConfig(this.#options.directory) !== this.#userConfig) {
      this.close(); // it starts again with what the file says now
      return;
    }
    const edited = [...this.#localFiles].filter(([file, stamp]) => stampOf(file) !== stamp).map(([file]) => file);
    if (edited.length === 0 && !this.#looksAgain) return;
    this.#looksAgain = false;
    for (const file of edited) this.#localFiles.delete(file);
    this.generation++;
    this.#declarations?.refresh();
    this.#update({ invalidateAll: true });
  }

  /** The next {@link refresh} looks for modules that were missing. */
  lookAgain(): void {
    this.#looksAgain = true;
  }

  /**
   * Asks; when TypeScript's process is gone, starts it again with the same files and asks once more: unless it worked on
   * the answer for long, when it was ended for that, or by it.
   */
  ask<T>(question: (project: Project) => T): T {
    const askedAt = performance.now();
    try {
      return question(this.project);
    } catch (error) {
      if (this.#answers()) throw error;
      this.close();
      if (performance.now() - askedAt > LONG_MS || this.#options.isGivenUp()) throw error;
      return question(this.project);
    }
  }

  /** Where a place in what TypeScript read stands on disk. */
  placeOf(path: string, position: number): { file: string; position: number } {
    return this.#declarations?.placeOf(path, position) ?? { file: path, position };
  }

  /** What may wait until nobody does. */
  rest(): void {
    this.ask(() => {}); // a process that is gone starts again
    for (const snapshot of this.#stale.splice(0)) {
      try {
        snapshot.dispose();
      } catch {
        // The process that held it is gone.
      }
    }
  }

  close(): void {
    try {
      // It has nothing to save; asked to end, it would say "context canceled" on our stderr.
      this.#child?.kill('SIGKILL');
      this.#api?.close();
    } catch {
      // It is gone already.
    }
    this.#api = undefined;
    this.#snapshot = undefined;
    this.#stale.length = 0;
    this.#localFiles.clear();
    this.#configFiles.clear();
  }

  #update(fileChanges: { changed: string[] } | { invalidateAll: true }): void {
    try {
      const next = this.#api!.updateSnapshot({ fileChanges });
      if (this.#snapshot) this.#stale.push(this.#snapshot);
      this.#snapshot = next;
    } catch (error) {
      if (this.#answers()) throw error;
      this.close(); // the next question starts it again, with this change
    }
  }

  #start(): void {
    this.generation++;
    const options = {
      cwd: this.#options.directory,
      fs: {
        readFile: (path: string) => this.#read(path),
        fileExists: (path: string) => (this.files.has(path) ? true : undefined),
      },
    };
    const { started: api, child } = startApart(() => new API(options));
    this.#api = api;
    this.#child = child;
    this.#options.onStart(child?.pid);
    this.files.set(this.#config, JSON.stringify(this.#configuration(api)));
    this.#snapshot = api.updateSnapshot({ openProjects: [this.#config] });
    this.#reportConfig();
  }

  #configuration(api: API): ProjectConfig {
    const { directory, libraries } = this.#options;
    const file = findConfig(directory);
    this.#userConfig = file;
    let user: UserConfig | undefined;
    try {
      if (file) user = { file, options: api.parseConfigFile(file).options };
    } catch (error) {
      if (!this.#answers()) throw error;
    }
    this.#declarations = new Declarations({ files: this.files, libs: libFiles(user) });
    // A learner's own settings say whether there are browser's types, which declare the same.
    const roots = user ? ['hub.ts', 'kernel.d.ts'] : ['hub.ts', 'kernel.d.ts', 'node.d.ts'];
    return projectConfig({ directory, files: [...roots.map(name => `notebook~${name}`), SCOPE_PATH], libraries, user });
  }

  /** Says once what is wrong with the learner's `tsconfig.json`; what can be read of it holds. */
  #reportConfig(): void {
    const { program } = this.project;
    const problems = [...program.getConfigFileParsingDiagnostics(), ...program.getProgramDiagnostics()].map(
      ({ fileName, pos, text }) => {
        const isOwn = !fileName || fileName === this.#config;
        return isOwn ? text : `${fileName}${pos >= 0 ? `, ${lineAt(fileName, pos)}` : ''}: ${text}`;
      },
    );
    const report = this.#userConfig && problems.length > 0 ? problems.slice(0, 5).join('\n  ') : '';
    if (report && report !== this.#reported) {
      this.#options.onNotice(
        `Cells are checked without the settings of ${this.#userConfig} that TypeScript does not accept:\n  ${report}\n`,
      );
    }
    this.#reported = report;
  }

  #read(path: string): string | undefined {
    const own = this.files.get(path) ?? this.#declarations?.read(path);
    if (own !== undefined || path.includes('/node_modules/') || path.startsWith('bundled:')) return own;
    const isConfig = !this.#snapshot && path.endsWith('.json') && !path.endsWith('package.json');
    (isConfig ? this.#configFiles : this.#localFiles).set(path, stampOf(path));
    return undefined;
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

function lineAt(file: string, position: number): string {
  try {
    return `line ${readFileSync(file, 'utf8').slice(0, position).split('\n').length}`;
  } catch {
    return 'line 1';
  }
}
