import { backend_util, type TensorInfo } from '@tensorflow/tfjs';
import { addedKernel, floats, run, type WasmBackend } from './kernel.ts';

type Conv2DInfo = backend_util.Conv2DInfo;

interface Inputs {
  x: TensorInfo;
  dy: TensorInfo;
}

interface Attributes {
  strides: number | [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  filterShape: [number, number, number, number];
}

/** How many numbers of unrolled image are on the heap at a time: 8 MB. */
const CHUNK = 2 ** 21;

/**
 * The gradient of a convolution with respect to its filter: every patch of the image that the filter saw becomes a
 * column ("im2col"), and one matrix product with `dy` sums over all of them.
 *
 * x (B, H, W, C), dy (B, OH, OW, K) → (FH, FW, C, K)
 */
export const conv2DBackpropFilter = addedKernel<Inputs, Attributes>(
  'Conv2DBackpropFilter',
  ({ inputs: { x, dy }, backend, attrs }) => {
    const dataFormat = backend_util.convertConv2DDataFormat(attrs.dataFormat ?? 'NHWC');
    const info = backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      attrs.filterShape,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
      false,
      dataFormat,
    );
    if (dataFormat !== 'channelsLast') throw new Error("conv2d on wasm: expected dataFormat 'NHWC', received 'NCHW'.");
    const taps = info.filterHeight * info.filterWidth * info.inChannels;
    const perImage = info.outHeight * info.outWidth;
    const images = Math.max(1, Math.floor(CHUNK / (taps * perImage)));

    const gradient = new Float32Array(taps * info.outChannels);
    for (let first = 0; first < info.batchSize; first += images)
      addChunk(backend, { x, dy }, info, first, Math.min(images, info.batchSize - first), gradient);

    const out = backend.makeOutput(attrs.filterShape, 'float32');
    floats(backend, out).set(gradient);
    return out;
  },
);

function addChunk(
  backend: WasmBackend,
  { x, dy }: Inputs,
  info: Conv2DInfo,
  first: number,
  count: number,
  gradient: Float32Array,
): void {
  const rows = count * info.outHeight * info.outWidth;
  const taps = info.filterHeight * info.filterWidth * info.inChannels;
  const columns = backend.makeOutput([1, taps, rows], 'float32'); // (1, FH·FW·C, count·OH·OW)
  const slope = backend.makeOutput([1, rows, info.outChannels], 'float32'); // (1, count·OH·OW, K)
  unroll(floats(backend, x), floats(backend, columns), info, first, count);
  const start = first * info.outHeight * info.outWidth * info.outChannels;
  floats(backend, slope).set(floats(backend, dy).subarray(start, start + rows * info.outChannels));

  const product = run(backend, 'BatchMatMul', { a: columns, b: slope }, { transposeA: false, transposeB: false });
  const values = floats(backend, product); // (1, FH·FW·C, K)
  for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! + values[i]!;
  for (const { dataId } of [columns, slope, product]) backend.disposeData(dataId);
}

/** Row (fh, fw, c) of `columns` holds what that one tap of the filter met, at every place that it was put. */
function unroll(image: Float32Array, columns: Float32Array, info: Conv2DInfo, first: number, count: number): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  columns.fill(0); // what the padding contributes
  const rows = count * outHeight * outWidth;
  let row = 0;
  for (let fh = 0; fh < info.filterHeight; fh++)
    for (let fw = 0; fw < info.filterWidth; fw++)
      for (let c = 0; c < inChannels; c++, row += rows)
        for (let b = 0; b < count; b++)
          for (let oh = 0; oh < outHeight; oh++) {
            const ih = oh * strideHeight - info.padInfo.top + fh;
            if (ih < 0 || ih >= inHeight) continue;
            const source = ((first + b) * inHeight + ih) * inWidth;
            const target = row + (b * outHeight + oh) * outWidth;
            for (let ow = 0; ow < outWidth; ow++) {
              const iw = ow * strideWidth - info.padInfo.left + fw;
              if (iw >= 0 && iw < inWidth) columns[target + ow] = image[(source + iw) * inChannels + c]!;
            }
          }
}
