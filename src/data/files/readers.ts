import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import { LearnableError } from '../../core/index.ts';
import type { Dataset, ImageShape } from '../catalogue/dataset.ts';
import { image } from '../images/image.ts';
import { type ImageSet, imageSet } from '../images/image-set.ts';
import { decodePng } from '../images/png.ts';
import { parseIdx } from './idx.ts';
import { parseRecords } from './records.ts';
import { sheetToSet } from './sheet.ts';
import { parseTable } from './table.ts';
import { readVerified } from './verify.ts';

type Kind<K extends Dataset['kind']> = Extract<Dataset, { kind: K }>;

/** How each kind of dataset is read. */
export const READERS: { [K in Dataset['kind']]: (name: string, entry: Kind<K>) => Promise<unknown> } = {
  async table(name, { files, columns, missing }) {
    return parseTable(where(name), columns, await readText(name, onlyFile(files), files), missing);
  },
  'table-parts': (name, { files, parts, columns, missing }) =>
    eachPart(parts, async ({ file }) => parseTable(where(name), columns, await readText(name, file, files), missing)),
  async records(name, { files }) {
    return parseRecords(where(name), await readText(name, onlyFile(files), files));
  },
  text: (name, { files }) => readText(name, onlyFile(files), files),
  images: (name, entry) => readIdx(name, 'images-idx3-ubyte.gz', 'labels-idx1-ubyte.gz', entry),
  'image-parts': (name, entry) =>
    eachPart(entry.parts, ({ images, labels }) =>
      (images.endsWith('.png') ? readSheet : readIdx)(name, images, labels, entry),
    ),
  photos: (name, { files, photos }) =>
    eachPart(photos, async ({ file }) => image(decodePng(await read(name, file, files)))),
  async model(name, { files, model }) {
    const json = JSON.parse(await readText(name, model, files)) as tf.io.ModelJSON;
    const weights = Promise.all(
      json.weightsManifest.flatMap(({ paths }) => paths).map(path => read(name, path, files)),
    );
    return tf.io.getModelArtifactsForJSON(json, async manifest => [
      manifest.flatMap(group => group.weights),
      tf.io.concatenateArrayBuffers((await weights).map(bytes => Uint8Array.from(bytes).buffer)),
    ]);
  },
};

function where(name: string): string {
  return `data.load('${name}')`;
}

async function eachPart<Part>(parts: Readonly<Record<string, Part>>, readPart: (part: Part) => Promise<unknown>) {
  const read = Object.entries(parts).map(async ([name, part]) => [name, await readPart(part)] as const);
  return Object.fromEntries(await Promise.all(read));
}

function onlyFile(files: Readonly<Record<string, string>>): string {
  return Object.keys(files)[0]!;
}

async function read(name: string, file: string, files: Readonly<Record<string, string>>): Promise<Buffer> {
  return readVerified(name, file, files[file]!);
}

/** Of packed files what they hold. */
async function readUnpacked(name: string, file: string, files: Readonly<Record<string, string>>): Promise<Buffer> {
  const bytes = await read(name, file, files);
  return file.endsWith('.gz') ? promisify(gunzip)(bytes) : bytes;
}

/** Throws on bytes that are no UTF-8, where `toString` would quietly put U+FFFD. */
async function readText(name: string, file: string, files: Readonly<Record<string, string>>): Promise<string> {
  const bytes = await readUnpacked(name, file, files);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LearnableError(`${where(name)}: ${file} is no UTF-8.`, { cause });
  }
}

async function readIdx(
  name: string,
  images: string,
  labels: string,
  { files, white, classes }: Kind<'images'> | Kind<'image-parts'>,
): Promise<ImageSet> {
  const [pixels, numbers] = (await Promise.all([images, labels].map(file => readUnpacked(name, file, files)))).map(
    bytes => parseIdx(where(name), bytes),
  );
  const [, height = 0, width = 0] = pixels!.shape;
  const labelled = { labels: Array.from(numbers!.values), classes, white };
  return imageSet({ pixels: pixels!.values, height, width, channels: 1, ...labelled });
}

async function readSheet(
  name: string,
  images: string,
  labels: string,
  { files, ...shape }: Kind<'image-parts'>,
): Promise<ImageSet> {
  const [sheet, table] = await Promise.all([read(name, images, files), readText(name, labels, files)]);
  return sheetToSet(where(name), decodePng(sheet), table, shape satisfies ImageShape);
}
