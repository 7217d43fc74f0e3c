import { type DataType, getKernel, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs';

/** What the wasm backend offers to kernels, beside what every backend has. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
  disposeData(dataId: object): boolean;
}

export interface KernelCall<Inputs, Attributes> {
  inputs: Inputs;
  backend: WasmBackend;
  attrs: Attributes;
}

/** A kernel that is added to the wasm backend, in the form that `tf.registerKernel` takes. */
export interface AddedKernel {
  kernelName: string;
  backendName: 'wasm';
  kernelFunc(call: unknown): TensorInfo;
}

export function addedKernel<Inputs, Attributes>(
  kernelName: string,
  compute: (call: KernelCall<Inputs, Attributes>) => TensorInfo,
): AddedKernel {
  return { kernelName, backendName: 'wasm', kernelFunc: call => compute(call as KernelCall<Inputs, Attributes>) };
}

/** Runs a kernel that the backend has. The caller disposes the result's data. */
export function run(backend: WasmBackend, kernelName: string, inputs: object, attrs: object = {}): TensorInfo {
  const { kernelFunc } = getKernel(kernelName, 'wasm')!;
  const call = { inputs, backend, attrs: attrs as NamedAttrMap };
  return kernelFunc(call as unknown as Parameters<typeof kernelFunc>[0]) as TensorInfo;
}

/**
 * The tensor's numbers, in place on the wasm heap. Any allocation may move the heap: take all outputs first, then
 * the views.
 */
export function floats(backend: WasmBackend, info: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array;
}
