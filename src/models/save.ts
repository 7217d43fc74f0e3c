import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, mismatch, writeFileAtomically } from '../core/index.ts';

/** A file of the standard format, with the checksum of its weights among what users may add. */
export interface ModelFile {
  modelTopology: object;
  format?: string;
  generatedBy?: string;
  convertedBy?: string | null;
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  trainingConfig?: object;
  userDefinedMetadata?: { sha256?: string };
}

const NAMES = ['weights.bin', 'weights-2.bin'];

/**
 * Writes a model to a folder in tfjs's standard format: `model.json`, which describes it, and `weights.bin`. Stock tfjs
 * reads it too, with its own layers. A model that is there already is replaced as a whole: the new weights go beside
 * the old ones, and `model.json`, written last, names the file that counts.
 *
 * @example
 * const model = models.mlp({ inputs: 4, hidden: [16], seed: 1 });
 * await models.save(model, 'saved/first');
 */
export async function save(model: tf.LayersModel, folder: string): Promise<void> {
  if (!(model instanceof tf.LayersModel))
    throw mismatch({ where: 'models.save(model)', expected: 'a tfjs layers model', received: describe(model) });
  assertFolder('models.save(model, folder)', folder);
  const artifacts = await artifactsOf(model);
  const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
  await mkdir(folder, { recursive: true });
  const before = await currentWeights(folder);
  const name = NAMES.find(choice => !before.includes(choice))!;
  const file: ModelFile = {
    modelTopology: artifacts.modelTopology as object,
    format: artifacts.format,
    generatedBy: artifacts.generatedBy,
    convertedBy: artifacts.convertedBy,
    weightsManifest: [{ paths: [name], weights: artifacts.weightSpecs! }],
    userDefinedMetadata: { ...artifacts.userDefinedMetadata, sha256: checksum(weights) },
  };
  await writeFileAtomically(path.join(folder, name), weights);
  await writeFileAtomically(path.join(folder, 'model.json'), `${JSON.stringify(file, undefined, 1)}\n`);
  for (const old of before) if (NAMES.includes(old)) await rm(path.join(folder, old), { force: true });
}

async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let taken: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async artifacts => {
      taken = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return taken!;
}

/** The weight files that the folder's `model.json` names. */
async function currentWeights(folder: string): Promise<string[]> {
  try {
    const { weightsManifest } = JSON.parse(await readFile(path.join(folder, 'model.json'), 'utf8')) as ModelFile;
    return weightsManifest.flatMap(({ paths }) => paths);
  } catch {
    return [];
  }
}

export function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function assertFolder(where: string, folder: unknown): asserts folder is string {
  if (typeof folder === 'string' && folder !== '') return;
  throw mismatch({ where, expected: "the name of a folder, such as 'saved/first'", received: describe(folder) });
}
