import type { layers, Tensor } from '@tensorflow/tfjs';

/** What every layer of tfjs takes, such as a name. */
export type LayerArguments = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** tfjs hands a layer one tensor or a list of one. */
export function only(inputs: Tensor | Tensor[]): Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}
