import type { TensorInfo } from '@tensorflow/tfjs';
import { type DepthwiseAttributes, depthwiseInfo, eachMeeting } from './depthwise.ts';
import { addedKernel, floats } from './kernel.ts';

interface Inputs {
  x: TensorInfo;
  dy: TensorInfo;
}

interface Attributes extends DepthwiseAttributes {
  filterShape: number[];
}

/**
 * The gradient of a depthwise convolution with respect to its filter; each of the C channels has M filters of its own.
 *
 * x (B, H, W, C), dy (B, OH, OW, C·M) → (FH, FW, C, M)
 */
export const depthwiseBackpropFilter = addedKernel<Inputs, Attributes>(
  'DepthwiseConv2dNativeBackpropFilter',
  ({ inputs, backend, attrs }) => {
    const info = depthwiseInfo(inputs.x.shape, attrs.filterShape, attrs);
    const { inChannels, outChannels } = info;
    const multiplier = outChannels / inChannels;
    const out = backend.makeOutput(attrs.filterShape, 'float32');
    const [gradient, x, dy] = [floats(backend, out), floats(backend, inputs.x), floats(backend, inputs.dy)];
    gradient.fill(0);
    eachMeeting(info, (pixel, output, tap) => {
      let at = tap * outChannels;
      let slope = output;
      for (let c = 0; c < inChannels; c++) {
        const value = x[pixel + c]!;
        for (let m = 0; m < multiplier; m++) gradient[at++]! += value * dy[slope++]!;
      }
    });
    return out;
  },
);
