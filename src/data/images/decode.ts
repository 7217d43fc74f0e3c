import { readFile } from 'node:fs/promises';
import { LearnableError, mismatch } from '../../core/index.ts';
import { type Image, image } from './image.ts';
import { decodeJpeg } from './jpeg.ts';
import { decodePng } from './png.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];

/**
 * A picture from the bytes of a PNG or JPEG file; which of them it is stands in the bytes. Photos are turned the way up
 * that the camera noted. Throws on other kinds of files, and on files that are cut off or spoilt.
 *
 * @example data.images.decode(await data.file('photos', 'chelsea.png'))
 */
export function decode(bytes: Uint8Array): Image {
  return decodeFor('decode(bytes)', bytes);
}

/**
 * Reads a PNG or JPEG file of your own.
 *
 * @example
 * const [{ writeFile }, { tmpdir }] = await Promise.all([import('node:fs/promises'), import('node:os')]);
 * await writeFile(`${tmpdir()}/cat.png`, await data.file('photos', 'chelsea.png'));
 * const cat = await data.images.read(`${tmpdir()}/cat.png`);
 */
export async function read(path: string): Promise<Image> {
  const where = `images.read('${path}')`;
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    const hint = `Paths that do not begin with / start from ${process.cwd()}.`;
    throw new LearnableError(`${where}: ${reason}.`, { hint, cause });
  });
  return decodeFor(where, bytes);
}

function decodeFor(where: string, bytes: Uint8Array): Image {
  const begins = (signature: readonly number[]) => signature.every((byte, place) => bytes[place] === byte);
  const kind = begins(PNG) ? 'PNG' : begins(JPEG) ? 'JPEG' : undefined;
  if (!kind)
    throw mismatch({
      where,
      expected: 'the bytes of a PNG or JPEG file',
      received:
        bytes.length === 0 ? 'no bytes' : `bytes that begin with ${Buffer.from(bytes.subarray(0, 8)).toString('hex')}`,
      hint: 'Save the picture as PNG or JPEG first.',
    });
  try {
    return image(kind === 'PNG' ? decodePng(bytes) : decodeJpeg(bytes));
  } catch (cause) {
    throw new LearnableError(`${where}: the ${kind} file cannot be read: ${(cause as Error).message}`, { cause });
  }
}
