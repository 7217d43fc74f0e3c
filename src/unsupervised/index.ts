/** What can be found in rows without answers. Fitting gives a fitted model; each keeps to one contract. */
export { type AnomalyMethod, type AnomalyModel, type AnomalyOptions, anomalies } from './anomalies/anomalies.ts';
export { decode, encode, type Input, reconstruct, reconstructionErrors, reconstructionScore } from './autoencoder.ts';
export { type DbscanModel, type DbscanOptions, dbscan } from './dbscan.ts';
export { type KmeansModel, type KmeansOptions, type KmeansStep, kmeans, kmeansSteps } from './kmeans/kmeans.ts';
export { type MixtureOptions, type MixtureStep, mixture, mixtureSteps } from './mixture/mixture.ts';
export type { MixtureModel } from './mixture/model.ts';
export type { CovarianceKind } from './mixture/parts.ts';
export type { Covariances, MixtureStart } from './mixture/plain.ts';
export { type PcaModel, type PcaOptions, pca } from './pca.ts';
export { load, save, type UnsupervisedKind, type UnsupervisedModel } from './save.ts';
export { type TsneModel, type TsneOptions, type TsneStep, tsne } from './tsne/tsne.ts';
export { type WhiteningModel, type WhiteningOptions, whitening } from './whitening.ts';
