import {
  backend_util,
  type GradConfig,
  type Tensor,
  type TensorInfo,
  einsum as tfEinsum,
  tidy,
} from '@tensorflow/tfjs';
import { addedKernel, run, type WasmBackend } from './kernel.ts';

interface Attributes {
  equation: string;
}

/** A tensor and the letter of each of its axes. */
interface Lettered {
  info: TensorInfo;
  letters: string[];
}

/**
 * Einstein summation of one or two tensors, as one batched matrix product: letters that both tensors and the result
 * have are the batch, those that both have and the result lacks are summed over.
 */
export const einsum = addedKernel<TensorInfo[], Attributes>('Einsum', ({ inputs, backend, attrs: { equation } }) => {
  const tensors = Object.values(inputs);
  const { allDims, idDims } = backend_util.decodeEinsumEquation(equation, tensors.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as unknown as Tensor[]);
  const output = [...equation.replace(/\s/g, '').split('->')[1]!];

  const steps: TensorInfo[] = [];
  const keep = (info: TensorInfo) => {
    steps.push(info);
    return info;
  };
  const operands = tensors.map((info, i): Lettered => {
    const letters = idDims[i]!.map(dim => allDims[dim]!);
    const needed = new Set([
      ...output,
      ...idDims.filter((_, other) => other !== i).flatMap(dims => dims.map(dim => allDims[dim]!)),
    ]);
    return sumOut(backend, { info, letters }, needed, keep);
  });
  const product = operands.length === 1 ? operands[0]! : contract(backend, operands[0]!, operands[1]!, output, keep);
  const result = arrange(backend, product, output, keep);
  for (const step of steps) if (step !== result) backend.disposeData(step.dataId);
  return result;
});

type Keep = (info: TensorInfo) => TensorInfo;

/** Sums over the axes whose letters nobody else needs. */
function sumOut(backend: WasmBackend, { info, letters }: Lettered, needed: Set<string>, keep: Keep): Lettered {
  const axis = letters.flatMap((letter, i) => (needed.has(letter) ? [] : [i]));
  if (axis.length === 0) return { info, letters };
  const summed = keep(run(backend, 'Sum', { x: info }, { axis, keepDims: false }));
  return { info: summed, letters: letters.filter(letter => needed.has(letter)) };
}

function contract(backend: WasmBackend, a: Lettered, b: Lettered, output: string[], keep: Keep): Lettered {
  const shared = a.letters.filter(letter => b.letters.includes(letter));
  const batch = shared.filter(letter => output.includes(letter));
  const summed = shared.filter(letter => !output.includes(letter));
  const freeA = a.letters.filter(letter => !shared.includes(letter));
  const freeB = b.letters.filter(letter => !shared.includes(letter));
  const size = (letters: string[]) => sizes(letters, a, b).reduce((product, n) => product * n, 1);
  const matrix = (operand: Lettered, letters: string[], shape: number[]) =>
    keep(run(backend, 'Reshape', { x: arrange(backend, operand, letters, keep) }, { shape }));

  const left = matrix(a, [...batch, ...freeA, ...summed], [size(batch), size(freeA), size(summed)]);
  const right = matrix(b, [...batch, ...summed, ...freeB], [size(batch), size(summed), size(freeB)]);
  const x = keep(run(backend, 'BatchMatMul', { a: left, b: right }, { transposeA: false, transposeB: false }));
  const letters = [...batch, ...freeA, ...freeB];
  return { info: keep(run(backend, 'Reshape', { x }, { shape: sizes(letters, a, b) })), letters };
}

function sizes(letters: string[], ...operands: Lettered[]): number[] {
  return letters.map(letter => {
    const owner = operands.find(operand => operand.letters.includes(letter))!;
    return owner.info.shape[owner.letters.indexOf(letter)]!;
  });
}

/** The tensor with its axes in the order of `letters`, always as data of its own. */
function arrange(backend: WasmBackend, { info, letters }: Lettered, wanted: string[], keep: Keep): TensorInfo {
  return keep(run(backend, 'Transpose', { x: info }, { perm: wanted.map(letter => letters.indexOf(letter)) }));
}

/**
 * tfjs has no gradient for einsum on any backend. It is an einsum again: swap the operand with the result. Letters
 * that only this operand had were summed over, so their gradient is the same all along that axis.
 */
export const einsumGradient: GradConfig = {
  kernelName: 'Einsum',
  saveAllInputs: true,
  gradFunc: (dy, saved, attrs) => {
    const [inputs, output] = (attrs as unknown as Attributes).equation.replace(/\s/g, '').split('->') as [
      string,
      string,
    ];
    const terms = inputs.split(',');
    const slope = (i: number) => () =>
      tidy(() => {
        const others = terms.filter((_, other) => other !== i);
        const reachable = [...terms[i]!].filter(
          letter => output.includes(letter) || others.some(term => term.includes(letter)),
        );
        const equation = `${[output, ...others].join(',')}->${reachable.join('')}`;
        const partial = tfEinsum(equation, dy as Tensor, ...saved.filter((_, other) => other !== i));
        const { shape } = saved[i]!;
        const unsqueezed = [...terms[i]!].map((letter, axis) => (reachable.includes(letter) ? shape[axis]! : 1));
        return partial.reshape(unsqueezed).broadcastTo(shape);
      });
    return Object.fromEntries(terms.map((_, i) => [i, slope(i)]));
  },
};
