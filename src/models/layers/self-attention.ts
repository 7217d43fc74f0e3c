import * as tf from '@tensorflow/tfjs';
import { random } from '../../core/index.ts';
import { type LayerArguments, only } from './inputs.ts';

export interface SelfAttentionArguments extends LayerArguments {
  /** Each looks at the sequence in its own way; the width must be a multiple of their number. */
  heads: number;
  /** No position sees a later one. */
  causal: boolean;
  seed: number;
}

/** Subtracted from the score of what must not be seen: its share becomes 0 exactly. */
const UNSEEN = 1e9;

/**
 * Multi-head self-attention (Vaswani et al., 2017): every position asks all others a question, and takes from each as
 * much as its key fits. Positions that the mask names as padding are not looked at.
 *
 * (batch, time, width) → (batch, time, width)
 */
export class SelfAttention extends tf.layers.Layer {
  static className = 'SelfAttention';
  readonly heads: number;
  readonly causal: boolean;
  readonly seed: number;
  /** Called in each forward pass with who looks at whom: (batch, heads, time, time), each row of sum 1. */
  onWeights: ((weights: tf.Tensor4D) => void) | undefined;
  #weights: Record<string, tf.LayerVariable> = {};

  constructor(config: SelfAttentionArguments) {
    super(config);
    this.heads = config.heads;
    this.causal = config.causal;
    this.seed = config.seed;
    this.supportsMasking = true;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = (inputShape as tf.Shape).at(-1)!;
    const seeds = random(this.seed);
    for (const name of ['query', 'key', 'value', 'output']) {
      const kernel = tf.initializers.glorotUniform({ seed: seeds.seed() });
      this.#weights[name] = this.addWeight(`${name}_kernel`, [width, width], 'float32', kernel);
      this.#weights[`${name}Bias`] = this.addWeight(`${name}_bias`, [width], 'float32', tf.initializers.zeros());
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { mask }: { mask?: tf.Tensor | tf.Tensor[] }): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor3D; // (B, T, D)
      const [query, key, value] = ['query', 'key', 'value'].map(name => this.#split(this.#dense(x, name))); // (B, H, T, D/H)
      const scale = 1 / Math.sqrt(query!.shape[3]!);
      const scores = tf.matMul(query!, key!, false, true).mul(scale); // (B, H, T, T): row asks, column answers
      const weights = tf.softmax(scores.sub(this.#unseen(x.shape, mask && only(mask)))) as tf.Tensor4D;
      this.onWeights?.(weights);
      const taken = tf.matMul(weights, value!).transpose([0, 2, 1, 3]).reshape(x.shape); // (B, T, D)
      return this.#dense(taken as tf.Tensor3D, 'output');
    });
  }

  #dense(x: tf.Tensor3D, name: string): tf.Tensor3D {
    const [batch, time, width] = x.shape;
    // tfjs's gradient of a product of a batch with one matrix would be wrong: make one matrix of the batch.
    const rows = x.reshape([batch * time, width]);
    const kernel = this.#weights[name]!.read() as tf.Tensor2D;
    return rows.matMul(kernel).add(this.#weights[`${name}Bias`]!.read()).reshape([batch, time, width]);
  }

  #split(x: tf.Tensor3D): tf.Tensor4D {
    const [batch, time, width] = x.shape;
    return x.reshape([batch, time, this.heads, width / this.heads]).transpose([0, 2, 1, 3]);
  }

  /** What to subtract from the scores: (1 or batch, 1, 1 or time, time). */
  #unseen([batch, time]: [number, number, number], mask: tf.Tensor | undefined): tf.Tensor {
    const later = tf.tensor(laterPositions(time, this.causal), [1, 1, time, time]);
    if (!mask) return later;
    // tfjs's Add puts axes of length 1 before those of the mask.
    const padding = tf.scalar(1).sub(mask.toFloat()).mul(UNSEEN).reshape([batch, 1, 1, time]);
    return later.maximum(padding);
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), heads: this.heads, causal: this.causal, seed: this.seed };
  }
}
tf.serialization.registerClass(SelfAttention);

function laterPositions(time: number, causal: boolean): Float32Array {
  const hidden = new Float32Array(time * time);
  if (causal) for (let from = 0; from < time; from++) hidden.fill(UNSEEN, from * time + from + 1, (from + 1) * time);
  return hidden;
}
