import * as tf from '@tensorflow/tfjs';
import { LearnableError } from '../../core/index.ts';
import { type LayerArguments, only } from './inputs.ts';

export const POSITIONS = ['sinusoidal', 'learned'] as const;
export type Positions = (typeof POSITIONS)[number];

export interface PositionsArguments extends LayerArguments {
  positions: Positions;
  /** The longest sequence. */
  length: number;
  seed: number;
}

/**
 * Tells each position where it is: attention alone takes a sequence for a set. Sinusoidal: √width · x + waves of
 * falling frequency (Vaswani et al., 2017, 3.4 and 3.5); learned: x + a vector for each position.
 *
 * (batch, time, width) → (batch, time, width)
 */
export class PositionalEncoding extends tf.layers.Layer {
  static className = 'PositionalEncoding';
  readonly positions: Positions;
  readonly length: number;
  readonly seed: number;
  #table: tf.LayerVariable | undefined;
  #waves: Float32Array | undefined;

  constructor(config: PositionsArguments) {
    super(config);
    this.positions = config.positions;
    this.length = config.length;
    this.seed = config.seed;
    this.supportsMasking = true;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = (inputShape as tf.Shape).at(-1)!;
    if (this.positions === 'sinusoidal') this.#waves = sinusoids(this.length, width);
    else {
      const initialiser = tf.initializers.randomNormal({ mean: 0, stddev: 0.02, seed: this.seed });
      this.#table = this.addWeight('positions', [this.length, width], 'float32', initialiser);
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor3D; // (B, T, D)
      const [, time, width] = x.shape;
      if (time > this.length)
        throw new LearnableError(`The model reads at most ${this.length} tokens, and the sequence has ${time}.`, {
          hint: `Shorten it, or build the model with length: ${time}.`,
        });
      if (this.#waves)
        return x.mul(Math.sqrt(width)).add(tf.tensor2d(this.#waves.subarray(0, time * width), [time, width]));
      return x.add(this.#table!.read().slice([0, 0], [time, width])); // (T, D) for all of the batch
    });
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), positions: this.positions, length: this.length, seed: this.seed };
  }
}
tf.serialization.registerClass(PositionalEncoding);

/** (length, width): column 2i holds sin(position / 10000^(2i / width)), column 2i + 1 the cosine of the same. */
export function sinusoids(length: number, width: number): Float32Array {
  const table = new Float32Array(length * width);
  for (let position = 0; position < length; position++)
    for (let column = 0; column < width; column++) {
      const angle = position / 10000 ** ((column - (column % 2)) / width);
      table[position * width + column] = column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  return table;
}
