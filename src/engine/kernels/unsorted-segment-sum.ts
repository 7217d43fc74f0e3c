import type { TensorInfo } from '@tensorflow/tfjs';
import { addedKernel } from './kernel.ts';

interface Inputs {
  x: TensorInfo;
  segmentIds: TensorInfo;
}

/**
 * Adds each row of `x` to the row of the result that its id names: the gradient of `gather`, so of every embedding.
 * Rows with an id outside of 0 … numSegments − 1 are left out.
 *
 * x (N, …), segmentIds (N) → (numSegments, …)
 */
export const unsortedSegmentSum = addedKernel<Inputs, { numSegments: number }>(
  'UnsortedSegmentSum',
  ({ inputs, backend, attrs: { numSegments } }) => {
    const inner = inputs.x.shape.slice(inputs.segmentIds.shape.length);
    const width = inner.reduce((product, size) => product * size, 1);
    const out = backend.makeOutput([numSegments, ...inner], inputs.x.dtype);
    const sums = backend.typedArrayFromHeap(out);
    const x = backend.typedArrayFromHeap(inputs.x);
    const ids = backend.typedArrayFromHeap(inputs.segmentIds);
    sums.fill(0);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (id < 0 || id >= numSegments) continue;
      const [from, to] = [i * width, id * width];
      for (let j = 0; j < width; j++) sums[to + j] = sums[to + j]! + x[from + j]!;
    }
    return out;
  },
);
