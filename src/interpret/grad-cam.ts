import * as tf from '@tensorflow/tfjs';
import { assertKeys, describe, LearnableError, mismatch } from '../core/index.ts';
import { asBatch, chooseOutput, lastLogits, type OutputOptions } from './output.ts';

export interface GradCamOptions extends OutputOptions {
  /** The name of a layer whose output is an image of features. Default: the last one. */
  layer?: string;
}

/**
 * Where a convolutional network looks: the feature maps of a late layer, each weighted by how much the output leans on it
 * (Selvaraju et al., ICCV 2017).
 *
 * image: (height, width, channels). Returns float32 (height, width), 0 to 1; the caller disposes it.
 *
 * @example
 * const model = models.cnn({ inputs: [8, 8, 1], channels: [4], outputs: 2, task: 'classification', seed: 1 });
 * interpret.gradCam(model, tf.ones([8, 8, 1])).shape   // [8, 8]
 */
export function gradCam(model: tf.LayersModel, image: tf.Tensor, options: GradCamOptions = {}): tf.Tensor2D {
  const where = 'gradCam(model, image)';
  assertKeys('gradCam(model, image, options)', options, ['output', 'layer']);
  const layer = featureLayer(model, options.layer);
  return tf.tidy(() => {
    const batch = asBatch(where, model, image); // (1, H, W, C)
    const output = chooseOutput(where, model, batch, options);
    const features = runTo(model, layer, batch); // (1, h, w, maps)
    const slopes = tf.grad((maps: tf.Tensor) => runFrom(model, layer, maps).slice([0, output], [-1, 1]).sum())(
      features,
    );
    const weights = slopes.mean([1, 2], true); // (1, 1, 1, maps)
    const map = features.mul(weights).sum(3, true).relu() as tf.Tensor4D; // (1, h, w, 1)
    const [height, width] = batch.shape.slice(1, 3) as [number, number];
    const large = tf.image.resizeBilinear(map, [height, width]).squeeze([0, 3]) as tf.Tensor2D;
    return large.div(large.max().maximum(1e-12)) as tf.Tensor2D;
  });
}

function featureLayer(model: tf.LayersModel, name: string | undefined): number {
  const isImage = (layer: tf.layers.Layer) =>
    (layer.outputShape as number[]).length === 4 && layer.getClassName() !== 'InputLayer';
  if (!(model instanceof tf.Sequential))
    throw new LearnableError('gradCam(model): expected a sequential model, received one with branches.', {
      hint: 'saliency(…) and occlusion(…) take any model.',
    });
  const images = model.layers.filter(isImage);
  const found = name === undefined ? images.at(-1) : images.find(layer => layer.name === name);
  if (found) return model.layers.indexOf(found);
  throw mismatch({
    where: 'gradCam({ layer })',
    expected:
      images.length > 0
        ? `one of the layers ${images.map(layer => layer.name).join(', ')}`
        : 'a model with convolutions',
    received: name === undefined ? `layers without images` : describe(name),
  });
}

function runTo(model: tf.LayersModel, last: number, batch: tf.Tensor): tf.Tensor {
  return model.layers.slice(0, last + 1).reduce((tensor, layer) => layer.apply(tensor) as tf.Tensor, batch);
}

/** The logits, for the reason that `logitOf` tells. */
function runFrom(model: tf.LayersModel, last: number, maps: tf.Tensor): tf.Tensor {
  const rest = model.layers.slice(last + 1);
  const before = rest.slice(0, -1).reduce((tensor, layer) => layer.apply(tensor) as tf.Tensor, maps);
  const end = rest.at(-1);
  return end ? lastLogits(end, before) : before;
}
