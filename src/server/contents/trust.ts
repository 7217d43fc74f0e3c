import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomically } from '../../core/atomic-write.ts';
import type { Notebook } from './notebook-format.ts';

const REMEMBERED = 2000;

/**
 * Remembers which notebooks the learner's own runs wrote, as Jupyter does: their outputs may run scripts in the page,
 * those of a notebook from elsewhere may not until they are run or trusted. Kept as signatures of the file's bytes.
 */
export class TrustStore {
  readonly #file: string;
  readonly #secret: Buffer;
  readonly #signatures: Set<string>;
  #writing: Promise<void> = Promise.resolve();

  constructor(stateDirectory: string) {
    this.#file = path.join(stateDirectory, 'trusted-notebooks.txt');
    this.#secret = readSecret(path.join(stateDirectory, 'trust-secret'));
    this.#signatures = new Set(
      existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n').filter(Boolean) : [],
    );
  }

  /** Marks the cells whose outputs the page may render freely. */
  mark(notebook: Notebook, bytes: Uint8Array): Notebook {
    const trusted = this.#signatures.has(this.#sign(bytes));
    for (const cell of notebook.cells) {
      if (cell.cell_type === 'code') cell.metadata.trusted = trusted || (cell.outputs ?? []).length === 0;
    }
    return notebook;
  }

  /** Called with a notebook as the page saves it: remembered when the page trusts every code cell. */
  async remember(model: unknown, bytes: Uint8Array): Promise<void> {
    const { cells } = model as Notebook;
    const trusted = cells.every(
      cell => cell.cell_type !== 'code' || cell.metadata.trusted === true || (cell.outputs ?? []).length === 0,
    );
    if (!trusted) return;
    const signature = this.#sign(bytes);
    this.#signatures.delete(signature);
    this.#signatures.add(signature);
    for (const oldest of this.#signatures) {
      if (this.#signatures.size <= REMEMBERED) break;
      this.#signatures.delete(oldest);
    }
    this.#writing = this.#writing.then(() => writeFileAtomically(this.#file, [...this.#signatures, ''].join('\n')));
    await this.#writing;
  }

  #sign(bytes: Uint8Array): string {
    return createHmac('sha256', this.#secret).update(bytes).digest('base64url');
  }
}

function readSecret(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file);
}
