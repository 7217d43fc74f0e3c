import * as tf from '@tensorflow/tfjs';
import { type LayerArguments, only } from './inputs.ts';

/**
 * The mean over time of those positions that are no padding.
 *
 * (batch, time, width) → (batch, width)
 */
export class MaskedAverage extends tf.layers.Layer {
  static className = 'MaskedAverage';

  constructor(config: LayerArguments = {}) {
    super(config);
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { mask }: { mask?: tf.Tensor | tf.Tensor[] }): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor3D; // (B, T, D)
      const [batch, time] = x.shape;
      if (!mask) return x.mean(1);
      const seen = only(mask).toFloat().reshape([batch, time, 1]);
      const count = seen.sum(1).maximum(1); // (B, 1); a text of padding alone has the mean 0
      return x.mul(seen).sum(1).div(count);
    });
  }

  override computeMask(): tf.Tensor {
    return null as unknown as tf.Tensor; // the time is gone, and its mask with it
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, inputShape.at(-1)!];
  }
}
tf.serialization.registerClass(MaskedAverage);
