import type { Tensor, Tensor2D } from '@tensorflow/tfjs';

/** Data that a model can take: what `data.fitPreparation` makes of a frame, and `train` accepts. The caller disposes it. */
export interface Prepared {
  /** float32, (rows, features). */
  x: Tensor2D;
  /** The target: (rows, 1) numbers, (rows) class numbers as int32, or (rows, classes) one-hot. */
  y?: Tensor;
  /** The name of each class, by its number. */
  classes?: string[];
  /** The name of each column of `x`. */
  features: string[];
  dispose(): void;
}
