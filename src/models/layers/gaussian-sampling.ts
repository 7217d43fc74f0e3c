import * as tf from '@tensorflow/tfjs';
import { type DrawingLayer, LearnableError, random } from '../../core/index.ts';
import type { LayerArguments } from './inputs.ts';

export interface GaussianSamplingArguments extends LayerArguments {
  seed: number;
  /** How much the divergence counts in the loss. */
  weight: number;
  /** How often it has drawn already. */
  draws?: number;
}

interface ForwardOptions {
  training?: boolean;
  /** The divergence will be asked for, as it is after each step of training. */
  losses?: boolean;
}

/**
 * The step of a variational autoencoder that draws a code (Kingma and Welling, 2014): in training
 * z = mean + exp(logVariance / 2) · ε with fresh normal ε, so that gradients pass to both; otherwise z = mean.
 * It adds to the loss how far the codes are from a standard normal distribution:
 * KL = −½ Σ (1 + logVariance − mean² − exp(logVariance)), averaged over the batch.
 *
 * [mean (batch, code), logVariance (batch, code)] → (batch, code)
 */
export class GaussianSampling extends tf.layers.Layer implements DrawingLayer {
  static className = 'GaussianSampling';
  readonly seed: number;
  readonly weight: number;
  draws: number;
  /** Of the last forward pass, until it is asked for. */
  #divergence: tf.Scalar | undefined;

  constructor(config: GaussianSamplingArguments) {
    super(config);
    this.seed = config.seed;
    this.weight = config.weight;
    this.draws = config.draws ?? 0;
    this.addLoss(() => this.#takeDivergence());
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, losses }: ForwardOptions): tf.Tensor {
    const [mean, logVariance] = inputs as [tf.Tensor2D, tf.Tensor2D];
    if (training || losses) {
      this.#forget();
      this.#divergence = tf.keep(tf.tidy(() => this.#measure(mean, logVariance)));
    }
    if (!training) return mean;
    return tf.tidy(() => mean.add(logVariance.div(2).exp().mul(this.#noise(mean.shape))));
  }

  #measure(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Scalar {
    const terms = logVariance.add(1).sub(mean.square()).sub(logVariance.exp()); // (B, code)
    return terms
      .sum(1)
      .mean()
      .mul(-0.5 * this.weight);
  }

  #noise(shape: [number, number]): tf.Tensor2D {
    const generator = random(this.seed).derive(this.draws++);
    return tf.tensor2d(
      Float32Array.from({ length: shape[0] * shape[1] }, () => generator.normal()),
      shape,
    );
  }

  #takeDivergence(): tf.Scalar {
    if (!this.#divergence)
      throw new LearnableError(
        `The divergence of '${this.name}' is known only after a forward pass that asks for it.`,
        {
          hint: 'Call model.apply(x, { training: true }), or with { losses: true }, before model.calculateLosses().',
        },
      );
    const taken = this.#divergence.clone();
    this.#forget();
    return taken;
  }

  #forget(): void {
    this.#divergence?.dispose();
    this.#divergence = undefined;
  }

  override dispose(): ReturnType<tf.layers.Layer['dispose']> {
    this.#forget();
    return super.dispose();
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed, weight: this.weight, draws: this.draws };
  }
}
tf.serialization.registerClass(GaussianSampling);
