import { readFile } from 'node:fs/promises';
import { assertOneOf, LearnableError } from '../../core/index.ts';
import { type Csv, type CsvOptions, parseCsv } from './parse.ts';

export interface CsvFileOptions extends CsvOptions {
  /** How bytes stand for letters. Default 'utf-8'; what Excel writes in Western Europe is 'windows-1252'. */
  encoding?: 'utf-8' | 'utf-16le' | 'windows-1252';
}

/**
 * Reads a CSV file of your own, as `data.parseCsv` reads a text. Throws if there is no such file, or if its bytes are
 * not of the encoding.
 *
 * @example
 * const [{ writeFile }, { tmpdir }] = await Promise.all([import('node:fs/promises'), import('node:os')]);
 * await writeFile(`${tmpdir()}/birds.csv`, 'bird,mass_g\nwren,9\nowl,heavy\n');
 * const { frame, bad } = await data.readCsv(`${tmpdir()}/birds.csv`, { columns: { mass_g: 'number' } });
 */
export async function readCsv(path: string, options: CsvFileOptions = {}): Promise<Csv> {
  const { encoding = 'utf-8', ...rest } = options;
  assertOneOf('readCsv({ encoding })', encoding, ['utf-8', 'utf-16le', 'windows-1252'] as const);
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    const hint = `Paths that do not begin with / start from ${process.cwd()}.`;
    throw new LearnableError(`readCsv('${path}'): ${reason}.`, { hint, cause });
  });
  return parseCsv(decode(path, bytes, encoding), rest);
}

function decode(path: string, bytes: Uint8Array, encoding: NonNullable<CsvFileOptions['encoding']>): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const hint =
      encoding === 'utf-8' ? "Try { encoding: 'windows-1252' }, as older programs of Windows write." : undefined;
    throw new LearnableError(
      `readCsv('${path}'): expected ${encoding}, received other bytes in line ${badLine(bytes, encoding)}.`,
      { hint, cause },
    );
  }
}

/** The first line that cannot be decoded. */
function badLine(bytes: Uint8Array, encoding: string): number {
  let [from, line] = [0, 1];
  for (;;) {
    const end = bytes.indexOf(10, from);
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(from, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    from = end + 1;
    line++;
  }
}
