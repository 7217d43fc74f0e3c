/** Pictures as data: pure functions from numbers and frames to figures. */
export { type Animation, type AnimationOptions, animation } from './animation.ts';
export { type CalibrationLike, calibration } from './calibration.ts';
export { type ConfusionLike, confusion } from './confusion.ts';
export { type PrecisionRecallLike, precisionRecall, type RocLike, roc } from './curves.ts';
export { type DependenceLike, dependence } from './dependence.ts';
export type { Figure, PlotlyTrace } from './figure.ts';
export { type GridValues, gridValues } from './grid-values.ts';
export { type FrameHistogramOptions, type HistogramOptions, histogram } from './histogram.ts';
export { type HistoryLike, type HistoryOptions, history } from './history.ts';
export { type AttributionLike, attribution, type ImportanceLike, importance } from './importance.ts';
export { line, type Series } from './line.ts';
export { missing } from './missing.ts';
export type { PlotOptions } from './options.ts';
export { type GroupRatesLike, rates } from './rates.ts';
export { type Returns, type ReturnsOptions, returns } from './returns.ts';
export { type FrameScatterOptions, type ScatterOptions, type ScatterPoints, scatter } from './scatter.ts';
export type { Scene, Shape, Tone } from './scene.ts';
