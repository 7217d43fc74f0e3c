import { getGradient, getKernel, registerGradient, registerKernel, unregisterKernel } from '@tensorflow/tfjs';
import { fasterMatMul } from './batch-mat-mul.ts';
import { conv2DBackpropFilter } from './conv2d-backprop-filter.ts';
import { depthwiseBackpropFilter } from './depthwise-backprop-filter.ts';
import { depthwiseBackpropInput } from './depthwise-backprop-input.ts';
import { einsum, einsumGradient } from './einsum.ts';
import { unsortedSegmentSum } from './unsorted-segment-sum.ts';

const missing = [conv2DBackpropFilter, depthwiseBackpropFilter, depthwiseBackpropInput, unsortedSegmentSum, einsum];

/** Gives the wasm backend what training needs and it lacks; returns the names. Before the backend is chosen. */
export function registerTrainingKernels(): string[] {
  const added = missing.filter(({ kernelName }) => !getKernel(kernelName, 'wasm'));
  for (const kernel of added) registerKernel(kernel);
  if (!getGradient('Einsum')) registerGradient(einsumGradient);

  const matMul = fasterMatMul();
  unregisterKernel('BatchMatMul', 'wasm');
  registerKernel(matMul);
  return added.map(({ kernelName }) => kernelName);
}
