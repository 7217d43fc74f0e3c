import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { LearnableError } from '../../core/index.ts';

/** Beside `src/` and `dist/`, wherever the package lies: not in the working directory. */
export const DATASETS = new URL('../../../datasets/', import.meta.url);

export function fileUrl(dataset: string, file: string, folder: URL = DATASETS): URL {
  return new URL(`${dataset}/data/${file}`, folder);
}

/** The file's bytes, if they are those that the catalogue promises. */
export async function readVerified(dataset: string, file: string, expected: string, folder?: URL): Promise<Buffer> {
  const path = fileURLToPath(fileUrl(dataset, file, folder));
  const restore = `Restore it with: git checkout -- datasets/${dataset} (or download learnable anew).`;
  const fail = (received: string, hint: string, cause?: unknown) =>
    new LearnableError(
      `data.load('${dataset}'): expected the file ${path} with SHA-256 ${expected}, received ${received}.`,
      { hint, cause },
    );

  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw fail(cause.code === 'ENOENT' ? 'no such file' : `an error: ${cause.message}`, restore, cause);
  });
  const received = sha256(bytes);
  if (received === expected) return bytes;

  const newlinesChanged = sha256(bytes.toString('latin1').replaceAll('\r\n', '\n')) === expected;
  throw fail(
    `${received}${bytes.length === 0 ? ' (the file is empty)' : ''}`,
    newlinesChanged ? `Only its line ends were changed, by git or an editor. ${restore}` : `It was changed. ${restore}`,
  );
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256')
    .update(typeof content === 'string' ? Buffer.from(content, 'latin1') : content)
    .digest('hex');
}
