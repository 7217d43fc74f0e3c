import { backend_util } from '@tensorflow/tfjs';

export interface DepthwiseAttributes {
  strides: number | [number, number];
  dilations: number | [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

export function depthwiseInfo(inShape: number[], filterShape: number[], attrs: DepthwiseAttributes) {
  const { strides, dilations, pad, dimRoundingMode } = attrs;
  const [inner, outer] = [inShape as Shape4D, filterShape as Shape4D];
  return backend_util.computeConv2DInfo(inner, outer, strides, dilations ?? 1, pad, dimRoundingMode, true);
}

/**
 * Calls `visit` for every pair of an image's pixel and the output that it went into through one tap of the filter,
 * with the positions where their channels begin; `tap` counts (fh, fw).
 */
export function eachMeeting(
  info: backend_util.Conv2DInfo,
  visit: (pixel: number, output: number, tap: number) => void,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = info;
  for (let b = 0; b < info.batchSize; b++)
    for (let oh = 0; oh < outHeight; oh++)
      for (let ow = 0; ow < outWidth; ow++) {
        const output = ((b * outHeight + oh) * outWidth + ow) * outChannels;
        for (let fh = 0; fh < filterHeight; fh++) {
          const ih = oh * info.strideHeight - info.padInfo.top + fh * info.dilationHeight;
          if (ih < 0 || ih >= inHeight) continue;
          for (let fw = 0; fw < filterWidth; fw++) {
            const iw = ow * info.strideWidth - info.padInfo.left + fw * info.dilationWidth;
            if (iw < 0 || iw >= inWidth) continue;
            visit(((b * inHeight + ih) * inWidth + iw) * inChannels, output, fh * filterWidth + fw);
          }
        }
      }
}
