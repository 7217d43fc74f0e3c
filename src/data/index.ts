/** Data frames in, clean tensors out. Every verb takes a danfojs DataFrame and gives a new one. */
export { type Column, catalogue, type Dataset, type DatasetName, type Fault } from './catalogue/index.ts';
export { frame } from './frame.ts';
export * as images from './images/index.ts';
export { fitImputation, type Imputation, type ImputationOptions } from './impute.ts';
export { type Datasets, file, load, type Mail } from './load.ts';
export { column, labels, matrix, type NumbersOptions } from './matrix.ts';
export { dropMissing, type MissingReport, missing } from './missing.ts';
export { fitPreparation, type Preparation, type PreparationOptions } from './prepare.ts';
export { fitScaling, type Scale, type Scaling, type ScalingOptions } from './scale.ts';
export { type Split, type SplitOptions, split } from './split.ts';
