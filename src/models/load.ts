import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { LearnableError } from '../core/index.ts';
import './layers/index.ts';
import { assertFolder, checksum, type ModelFile } from './save.ts';

/**
 * Reads a model that `models.save`, or tfjs anywhere, wrote to a folder: `model.json` and the files that it names.
 * It predicts what the saved one predicted, to the last bit.
 *
 * Throws when there is no model, when a file is damaged or missing, and on layers that nobody registered.
 *
 * @example
 * await models.save(models.mlp({ inputs: 4, hidden: [16], seed: 1 }), 'saved/first');
 * const model = await models.load('saved/first');
 */
export async function load(folder: string): Promise<tf.LayersModel> {
  assertFolder('models.load(folder)', folder);
  const file = await readModelFile(folder);
  const bytes = await readWeights(folder, file);
  const { sha256, ...metadata } = file.userDefinedMetadata ?? {};
  if (sha256 !== undefined && sha256 !== checksum(bytes)) throw damaged(folder, 'its weights were changed');
  const wanted = bytesOf(file.weightsManifest.flatMap(({ weights }) => weights));
  if (wanted !== undefined && wanted !== bytes.length)
    throw damaged(folder, `its weights are ${bytes.length} bytes, and should be ${wanted}`);
  const artifacts: tf.io.ModelArtifacts = {
    modelTopology: file.modelTopology,
    weightSpecs: file.weightsManifest.flatMap(({ weights }) => weights),
    weightData: bytes.buffer,
    ...(Object.keys(metadata).length > 0 && { userDefinedMetadata: metadata }),
  };
  const unknown = unknownClasses(file.modelTopology);
  if (unknown.length > 0)
    throw new LearnableError(`models.load('${folder}'): nobody has told tfjs what a '${unknown[0]}' is.`, {
      hint: `Run the code of that class first, with tf.serialization.registerClass(${unknown[0]}).`,
    });
  try {
    return await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (cause) {
    throw damaged(folder, (cause as Error).message, cause);
  }
}

/** The names of layers, initialisers and so on, as deep as they are, that are not registered. */
function unknownClasses(topology: unknown, found: string[] = []): string[] {
  if (topology === null || typeof topology !== 'object') return found;
  const { class_name: name } = topology as { class_name?: unknown };
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  if (typeof name === 'string' && 'config' in topology && !(name in classNameMap)) found.push(name);
  for (const value of Object.values(topology)) unknownClasses(value, found);
  return found;
}

async function readModelFile(folder: string): Promise<ModelFile> {
  const name = path.join(folder, 'model.json');
  const text = await readFile(name, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new LearnableError(
      `models.load('${folder}'): ${cause.code === 'ENOENT' ? `there is no ${name}` : cause.message}.`,
      { hint: 'Give the folder that models.save(model, folder) wrote.', cause },
    );
  });
  let file: Partial<ModelFile> | undefined;
  try {
    file = JSON.parse(text) as Partial<ModelFile>;
  } catch (cause) {
    throw damaged(folder, 'model.json is no JSON', cause);
  }
  if (file?.format === 'graph-model')
    throw new LearnableError(`models.load('${folder}'): this is a graph model, whose layers are not known.`, {
      hint: 'Read it with tf.loadGraphModel.',
    });
  if (!file?.modelTopology || !Array.isArray(file.weightsManifest))
    throw damaged(folder, 'model.json describes no model of layers');
  return file as ModelFile;
}

/** How long the weights are; unknown where they were made smaller, or are texts. */
function bytesOf(weights: readonly tf.io.WeightsManifestEntry[]): number | undefined {
  if (weights.some(({ quantization, dtype }) => quantization || dtype === 'string')) return undefined;
  const width = { float32: 4, int32: 4, bool: 1, complex64: 8, string: 0 };
  return weights.reduce((sum, { shape, dtype }) => sum + width[dtype] * shape.reduce((a, b) => a * b, 1), 0);
}

/** All weight files, one after the other. */
async function readWeights(folder: string, file: ModelFile): Promise<Uint8Array<ArrayBuffer>> {
  const names = file.weightsManifest.flatMap(({ paths }) => paths);
  const parts = await Promise.all(
    names.map(name =>
      readFile(path.join(folder, name)).catch(cause => {
        throw damaged(folder, `${name} is missing`, cause);
      }),
    ),
  );
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function damaged(folder: string, how: string, cause?: unknown): LearnableError {
  return new LearnableError(`models.load('${folder}'): the model is damaged: ${how}.`, {
    hint: 'Save it again, or restore the folder from a copy.',
    cause,
  });
}
