/**
 * Data frames, texts and pictures in, clean tensors out. Every verb on frames takes a danfojs DataFrame and gives a new one.
 */
export { about } from './about.ts';
export { type Batch, type BatchOptions, type BatchSource, batches, type ImageBatchOptions } from './batches.ts';
export {
  type Column,
  type ColumnContent,
  catalogue,
  type Dataset,
  type DatasetName,
  type Fault,
  type FaultKind,
} from './catalogue/index.ts';
export { type CategoryOptions, type CategoryReport, categories, unify } from './cleaning/categories.ts';
export { type DuplicateOptions, type DuplicateReport, dropDuplicates, duplicates } from './cleaning/duplicates.ts';
export { markMissing, type Placeholder } from './cleaning/mark-missing.ts';
export { type NearDuplicateOptions, type NearDuplicateReport, nearDuplicates } from './cleaning/near-duplicates.ts';
export {
  fitLimits,
  type Limit,
  type Limits,
  type OutlierOptions,
  type OutlierReport,
  outliers,
} from './cleaning/outliers.ts';
export { parseQuantity, type QuantityOptions, type QuantityReading } from './cleaning/quantity.ts';
export {
  type BareUnit,
  type RepairedValue,
  type RepairOptions,
  repairUnits,
  type UnitRepair,
} from './cleaning/repair-units.ts';
export { dropRows, takeRows } from './cleaning/rows.ts';
export type { Unit } from './cleaning/units.ts';
export type { CsvContent } from './csv/content.ts';
export { type BadRow, type Csv, type CsvOptions, parseCsv } from './csv/parse.ts';
export { type CsvFileOptions, readCsv } from './csv/read.ts';
export { frame } from './frame.ts';
export * as images from './images/index.ts';
export {
  fitImputation,
  type Imputation,
  type ImputationOptions,
  restoreImputation,
  type SavedImputation,
} from './impute.ts';
export * as labelling from './labelling/index.ts';
export { type Datasets, file, load, type Mail } from './load.ts';
export { column, labels, matrix, type NumbersOptions } from './matrix.ts';
export { dropMissing, type MissingReport, missing } from './missing.ts';
export { type FoldOptions, kFolds } from './parts/folds.ts';
export { type Split, type SplitOptions, split } from './parts/split.ts';
export type { ColumnEncoding } from './prepare/encoding.ts';
export { loadPreparation, restorePreparation, type SavedPreparation } from './prepare/preparation.ts';
export { fitPreparation, type Preparation, type PreparationOptions } from './prepare/prepare.ts';
export {
  fitScaling,
  restoreScaling,
  type SavedScaling,
  type Scale,
  type Scaling,
  type ScalingKind,
  type ScalingOptions,
} from './prepare/scale.ts';
export { type AggregateOptions, aggregate, type Statistic } from './tables/aggregate.ts';
export { type Correlation, type CorrelationOptions, correlation } from './tables/correlation.ts';
export { type ColumnSummary, type Summary, summary } from './tables/summary.ts';
export * as text from './text/index.ts';
