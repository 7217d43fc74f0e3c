import type { layers } from '@tensorflow/tfjs';

type Layer = layers.Layer;
/** Without the batch. */
type Shape = number[];

/** Layers that compute next to nothing. */
const FREE = new Set([
  'InputLayer',
  'Flatten',
  'Reshape',
  'Dropout',
  'SeededDropout',
  'Embedding',
  'Permute',
  'Masking',
  'ZeroPadding2D',
  'Concatenate',
  'UpSampling2d',
  'RepeatVector',
]);
/** One for each number that comes out, or goes in. */
const ONE_EACH = new Set([
  'Activation',
  'ReLU',
  'LeakyReLU',
  'Add',
  'Multiply',
  'PositionalEncoding',
  'GaussianSampling',
]);

/**
 * Multiplications and additions of a layer for one example; undefined where nobody counted them. Biases count, activations
 * inside a layer do not.
 */
export function operationsOf(layer: Layer): number | undefined {
  const kind = layer.getClassName();
  const input = shapeOf(layer.input);
  const output = shapeOf(layer.output);
  const size = product(output);
  if (FREE.has(kind)) return 0;
  if (ONE_EACH.has(kind)) return size;
  switch (kind) {
    case 'Dense':
      return 2 * input.at(-1)! * size + biasOf(layer, size);
    case 'Conv1D':
    case 'Conv2D':
      return 2 * product(kernelOf(layer).slice(0, -1)) * size + biasOf(layer, size);
    case 'Conv2DTranspose':
      return 2 * product(kernelOf(layer).slice(0, 3)) * product(input.slice(0, -1)) + biasOf(layer, size);
    case 'DepthwiseConv2D':
      return 2 * product(kernelOf(layer).slice(0, 2)) * size + biasOf(layer, size);
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const { poolSize } = layer.getConfig() as { poolSize: number | number[] };
      return product([poolSize].flat()) * size;
    }
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
    case 'GlobalAveragePooling1D':
    case 'MaskedAverage':
      return product(input);
    case 'BatchNormalization':
      return 2 * size;
    case 'LayerNormalization':
      return 8 * size;
    case 'SimpleRNN':
    case 'GRU':
    case 'LSTM':
      return recurrent(layer, input);
    case 'SelfAttention':
      return attention(input);
    default:
      return undefined;
  }
}

/** At each time step a product with each kernel; the sizes of the kernels tell how many gates there are. */
function recurrent(layer: Layer, [time, features]: Shape): number {
  const { units } = layer.getConfig() as { units: number };
  const gates = layer.getClassName() === 'LSTM' ? 4 : layer.getClassName() === 'GRU' ? 3 : 1;
  return (time ?? 1) * gates * 2 * units * (features! + units);
}

/** Four projections of each token, and two products of all tokens with all. */
function attention([time, width]: Shape): number {
  const tokens = time ?? 1;
  return 8 * tokens * width! ** 2 + 4 * tokens ** 2 * width!;
}

function shapeOf(tensor: Layer['input']): Shape {
  const { shape } = [tensor].flat()[0] as { shape: (number | null)[] };
  return shape.slice(1).map(size => size ?? 1);
}

function kernelOf(layer: Layer): number[] {
  return layer.weights[0]!.shape as number[];
}

function biasOf(layer: Layer, size: number): number {
  return (layer.getConfig() as { useBias?: boolean }).useBias === false ? 0 : size;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
