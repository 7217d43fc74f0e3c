import * as tf from '@tensorflow/tfjs';
import { assertKeys } from '../core/index.ts';
import { load } from '../data/index.ts';
import { assertSide, type Backbone } from './backbone.ts';

export interface NanodetOptions {
  /** Pictures are made this high and wide, in pixels; the more, the slower and the finer. A multiple of 32. Default 128. */
  size?: number;
}

/** Of the photos that it was trained on, for red, green and blue from 0 to 255. */
const MEAN = [123.7, 116.3, 103.5];
const DEVIATION = [58.4, 57.1, 57.4];
/** Where it is cut, and how many maps come out there: the last layer of each of its stages. */
const CUTS = [29, 38, 48, 58].map(number => `PartitionedCall/onnx_tf_prefix_LeakyRelu_${number}`);
const FEATURES = 128 + 64 + 128 + 128;

type Artifacts = tf.io.ModelArtifacts & { modelTopology: { node: GraphNode[] } };
interface GraphNode {
  op: string;
  attr?: { shape?: { shape?: { dim: { size: string }[] } } };
}

/**
 * NanoDet, trained to find 80 kinds of things on photos (COCO): its convolutions as a backbone, 448 features. They take
 * pictures of any size; at 128 pixels one costs a tenth of the 416 that it was trained with.
 *
 * extract: float32 (batch, height, width, 3), red, green and blue from 0 to 1; other sizes are scaled.
 *
 * @example
 * const backbone = await transfer.nanodet();
 * backbone.extract(tf.ones([1, 64, 64, 3])).shape   // [1, 448]
 */
export async function nanodet(options: NanodetOptions = {}): Promise<Backbone> {
  assertKeys('transfer.nanodet(options)', options, ['size']);
  const { size = 128 } = options;
  assertSide('transfer.nanodet({ size })', size, 32);
  const graph = await tf.loadGraphModel(tf.io.fromMemory(ofAnySize((await load('nanodet')) as Artifacts)));
  return {
    name: `NanoDet at ${size} pixels`,
    input: [size, size, 3],
    features: FEATURES,
    extract: batch =>
      tf.tidy(() => {
        const pictures = tf.image.resizeBilinear(batch as tf.Tensor4D, [size, size]); // (B, S, S, 3)
        const scaled = pictures.mul(255).sub(MEAN).div(DEVIATION).reverse(3).transpose([0, 3, 1, 2]); // (B, 3, S, S), blue first, as in its training
        const maps = graph.execute(scaled, CUTS) as tf.Tensor4D[]; // (B, maps, s, s) each
        return tf.concat(
          maps.map(map => map.mean([2, 3]) as tf.Tensor2D),
          1,
        ); // (B, 448)
      }),
    dispose: () => graph.dispose(),
  };
}

/** The file names one size of input; the convolutions do not care, so a copy that names none is loaded. */
function ofAnySize(artifacts: Artifacts): tf.io.ModelArtifacts {
  const dim = ['-1', '3', '-1', '-1'].map(size => ({ size }));
  const node = artifacts.modelTopology.node.map(one =>
    one.op === 'Placeholder' ? { ...one, attr: { ...one.attr, shape: { shape: { dim } } } } : one,
  );
  const { inputs } = artifacts.signature as { inputs: Record<string, object> };
  const named = Object.entries(inputs).map(([name, input]) => [name, { ...input, tensorShape: { dim } }]);
  return {
    ...artifacts,
    modelTopology: { ...artifacts.modelTopology, node },
    signature: { ...artifacts.signature, inputs: Object.fromEntries(named) },
  };
}
