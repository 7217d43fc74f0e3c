import type { TensorInfo } from '@tensorflow/tfjs';
import { type DepthwiseAttributes, depthwiseInfo, eachMeeting } from './depthwise.ts';
import { addedKernel, floats } from './kernel.ts';

interface Inputs {
  dy: TensorInfo;
  filter: TensorInfo;
}

interface Attributes extends DepthwiseAttributes {
  inputShape: number[];
}

/**
 * The gradient of a depthwise convolution with respect to its input.
 *
 * dy (B, OH, OW, C·M), filter (FH, FW, C, M) → (B, H, W, C)
 */
export const depthwiseBackpropInput = addedKernel<Inputs, Attributes>(
  'DepthwiseConv2dNativeBackpropInput',
  ({ inputs, backend, attrs }) => {
    const info = depthwiseInfo(attrs.inputShape, inputs.filter.shape, attrs);
    const { inChannels, outChannels } = info;
    const multiplier = outChannels / inChannels;
    const out = backend.makeOutput(attrs.inputShape, 'float32');
    const [gradient, filter, dy] = [floats(backend, out), floats(backend, inputs.filter), floats(backend, inputs.dy)];
    gradient.fill(0);
    eachMeeting(info, (pixel, output, tap) => {
      let weight = tap * outChannels;
      let slope = output;
      for (let c = 0; c < inChannels; c++)
        for (let m = 0; m < multiplier; m++) gradient[pixel + c]! += filter[weight++]! * dy[slope++]!;
    });
    return out;
  },
);
