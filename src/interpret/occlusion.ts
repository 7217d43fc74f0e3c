import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber } from '../core/index.ts';
import { asBatch, chooseOutput, type OutputOptions, saidOf } from './output.ts';

export interface OcclusionOptions extends OutputOptions {
  /** The side of the square that is covered, in pixels. Default: a quarter of the height. */
  size?: number;
  /** How far it moves each time. Default: half its side. */
  stride?: number;
  /** What it is filled with. Default 0. */
  fill?: number;
}

const AT_ONCE = 64;

/**
 * Which parts of a picture count: how far an output falls when a square covers each part (Zeiler and Fergus, ECCV 2014).
 *
 * image: (height, width, channels). Returns float32 (height, width): for each pixel the mean fall over the squares that
 * covered it; the caller disposes it.
 *
 * @example
 * const model = models.cnn({ inputs: [8, 8, 1], channels: [4], outputs: 2, task: 'classification', seed: 1 });
 * interpret.occlusion(model, tf.ones([8, 8, 1]), { size: 4 }).shape   // [8, 8]
 */
export function occlusion(model: tf.LayersModel, image: tf.Tensor, options: OcclusionOptions = {}): tf.Tensor2D {
  const where = 'occlusion(model, image)';
  assertKeys('occlusion(model, image, options)', options, ['output', 'size', 'stride', 'fill']);
  return tf.tidy(() => {
    const batch = asBatch(where, model, image) as tf.Tensor4D; // (1, H, W, C)
    const [height, width, channels] = batch.shape.slice(1) as [number, number, number];
    const { size = Math.max(1, height >> 2), fill = 0 } = options;
    const { stride = Math.max(1, size >> 1) } = options;
    assertInteger('occlusion({ size })', size, { min: 1, max: Math.min(height, width) });
    assertInteger('occlusion({ stride })', stride, { min: 1, max: size });
    assertNumber('occlusion({ fill })', fill);
    const output = chooseOutput(where, model, batch, options);
    const whole = saidOf(model, batch, output).dataSync()[0]!;
    const pixels = batch.dataSync() as Float32Array;
    const squares = placesAlong(height, size, stride).flatMap(top =>
      placesAlong(width, size, stride).map(left => ({ top, left })),
    );
    const falls = new Float32Array(height * width);
    const counts = new Float32Array(height * width);
    for (let first = 0; first < squares.length; first += AT_ONCE) {
      const some = squares.slice(first, first + AT_ONCE);
      const covered = new Float32Array(some.length * pixels.length);
      for (const [i, { top, left }] of some.entries()) {
        covered.set(pixels, i * pixels.length);
        for (let row = top; row < top + size; row++) {
          const start = i * pixels.length + (row * width + left) * channels;
          covered.fill(fill, start, start + size * channels);
        }
      }
      const said = tf.tidy(() =>
        saidOf(model, tf.tensor4d(covered, [some.length, height, width, channels]), output).dataSync(),
      );
      for (const [i, { top, left }] of some.entries()) {
        for (let row = top; row < top + size; row++) {
          for (let column = left; column < left + size; column++) {
            falls[row * width + column]! += whole - said[i]!;
            counts[row * width + column]!++;
          }
        }
      }
    }
    return tf.tensor2d(
      falls.map((fall, i) => fall / counts[i]!),
      [height, width],
    );
  });
}

/** From the start to the end, the last one at the end whatever the stride. */
function placesAlong(length: number, size: number, stride: number): number[] {
  const places: number[] = [];
  for (let place = 0; place + size < length; place += stride) places.push(place);
  return [...places, length - size];
}
