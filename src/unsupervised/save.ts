import { loadModel, saveModel } from '../core/index.ts';
import { restoreAnomalies } from './anomalies/anomalies.ts';
import { restoreDbscan } from './dbscan.ts';
import { restoreKmeans } from './kmeans/kmeans.ts';
import { restoreMixture } from './mixture/model.ts';
import { restorePca } from './pca.ts';
import { restoreTsne } from './tsne/tsne.ts';
import { restoreWhitening } from './whitening.ts';

/** How each kind of model comes back from its file. */
export const RESTORERS = {
  kmeans: restoreKmeans,
  dbscan: restoreDbscan,
  mixture: restoreMixture,
  pca: restorePca,
  whitening: restoreWhitening,
  tsne: restoreTsne,
  anomalies: restoreAnomalies,
} as const;

export type UnsupervisedKind = keyof typeof RESTORERS;
export type UnsupervisedModel<Kind extends UnsupervisedKind = UnsupervisedKind> = ReturnType<(typeof RESTORERS)[Kind]>;

/**
 * Writes a fitted model to a file, as JSON that can be read. Throws if the file cannot be written.
 *
 * @example
 * const model = unsupervised.kmeans([[1, 1], [1, 2], [8, 8], [9, 8]], { clusters: 2 });
 * await unsupervised.save(model, 'clusters.json');
 */
export async function save(model: UnsupervisedModel, path: string): Promise<void> {
  await saveModel('unsupervised.save(model, path)', model, path);
}

/**
 * Reads a model that `unsupervised.save` wrote; it answers exactly as the one that was saved. Name the kind that you
 * expect, and the result has its type.
 *
 * Throws if there is no such file, if it is of another kind or version, and if it was changed.
 *
 * @example
 * await unsupervised.save(unsupervised.pca([[1, 2], [2, 4.1], [3, 6]], { components: 1 }), 'pca.json');
 * const model = await unsupervised.load('pca.json', 'pca');
 */
export async function load<Kind extends UnsupervisedKind = UnsupervisedKind>(
  path: string,
  kind?: Kind,
): Promise<UnsupervisedModel<Kind>> {
  return (await loadModel('unsupervised.load(path)', path, kind, RESTORERS)) as UnsupervisedModel<Kind>;
}
