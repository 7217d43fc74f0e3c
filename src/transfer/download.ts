import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { assertKeys, describe, LearnableError, mismatch, writeFileAtomically } from '../core/index.ts';

export interface DownloadOptions {
  /** Of the file's bytes, in hexadecimal: what is not this file is not used. */
  sha256: string;
  /** The folder in which it is kept. */
  cache: string;
  signal?: AbortSignal;
}

/**
 * A file from an address, such as the weights of a model: fetched once, checked always, kept in a folder. With it there, no
 * network is needed.
 *
 * @example
 * const bytes = () => transfer.download('https://example.org/weights.bin', { sha256: 'a'.repeat(64), cache: 'models' });
 */
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array> {
  const where = `transfer.download('${url}')`;
  assertKeys('transfer.download(url, options)', options, ['sha256', 'cache', 'signal']);
  const { sha256, cache, signal } = options;
  if (!/^[0-9a-f]{64}$/i.test(sha256 ?? ''))
    throw mismatch({ where: `${where}, { sha256 }`, expected: '64 hexadecimal digits', received: describe(sha256) });
  const wanted = sha256.toLowerCase();
  const file = path.join(cache, wanted);
  const kept = await readFile(file).catch(() => undefined);
  if (kept && hashOf(kept) === wanted) return kept;

  const bytes = await fetchBytes(where, url, signal);
  const found = hashOf(bytes);
  if (found !== wanted)
    throw new LearnableError(`${where}: expected the SHA-256 ${wanted}, received ${found} (${bytes.length} bytes).`, {
      hint: 'The file at this address is not the one that was meant: do not use it.',
    });
  await mkdir(cache, { recursive: true });
  await writeFileAtomically(file, bytes);
  return bytes;
}

async function fetchBytes(where: string, url: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    signal?.throwIfAborted();
    const { message, cause: inner } = cause as Error;
    throw new LearnableError(
      `${where}: it could not be reached: ${(inner as Error | undefined)?.message ?? message}.`,
      {
        hint: 'Is there a network? What was fetched before is used without one.',
        cause,
      },
    );
  }
  if (!response.ok)
    throw new LearnableError(`${where}: the server answered ${response.status} ${response.statusText}.`);
  return new Uint8Array(await response.arrayBuffer());
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
