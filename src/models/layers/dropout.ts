import * as tf from '@tensorflow/tfjs';
import { type DrawingLayer, random } from '../../core/index.ts';
import { type LayerArguments, only } from './inputs.ts';

export interface DropoutArguments extends LayerArguments {
  /** The share of the numbers that become 0. */
  rate: number;
  seed: number;
  /** How often it has drawn already. */
  draws?: number;
}

/**
 * Dropout (Srivastava et al., 2014): in training each number becomes 0 with probability `rate`, and the others grow by
 * 1 / (1 − rate), so that their expected sum stays; otherwise the input passes as it is. Every step draws a new mask
 * from the seed and the number of the step. tfjs's own repeats one mask for ever once it has a seed.
 *
 * (batch, …) → (batch, …)
 */
export class SeededDropout extends tf.layers.Layer implements DrawingLayer {
  static className = 'SeededDropout';
  readonly rate: number;
  readonly seed: number;
  draws: number;

  constructor(config: DropoutArguments) {
    super(config);
    this.rate = config.rate;
    this.seed = config.seed;
    this.draws = config.draws ?? 0;
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const x = only(inputs);
    if (!training || this.rate === 0) return x;
    return tf.tidy(() => x.mul(tf.tensor(this.#mask(x.size), x.shape)));
  }

  #mask(size: number): Float32Array {
    const bits = random(this.seed)
      .derive(this.draws++)
      .fill(new Uint32Array(size));
    const [threshold, scale] = [this.rate * 2 ** 32, 1 / (1 - this.rate)];
    const mask = new Float32Array(size);
    for (let i = 0; i < size; i++) if (bits[i]! >= threshold) mask[i] = scale;
    return mask;
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed, draws: this.draws };
  }
}
tf.serialization.registerClass(SeededDropout);
