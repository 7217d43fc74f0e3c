/** TensorFlow.js values, known by their shape alone: the kernel does not load the library. */

interface TensorLike {
  shape: number[];
  dtype: string;
  isDisposed: boolean;
  dataSync(): ArrayLike<unknown>;
  toString(): string;
  /** Of a variable. */
  trainable?: boolean;
  name?: string;
}

export function isTensor(value: object): value is TensorLike {
  const tensor = value as Partial<TensorLike>;
  return (
    Array.isArray(tensor.shape) &&
    typeof tensor.dtype === 'string' &&
    typeof tensor.isDisposed === 'boolean' &&
    typeof tensor.dataSync === 'function'
  );
}

/** `Tensor float32 [2, 3]` and a corner of the values that can be read. */
export function tensorText(tensor: TensorLike): string {
  const kind = tensor.trainable === undefined ? 'Tensor' : `Variable ${JSON.stringify(tensor.name)}`;
  const head = `${kind} ${tensor.dtype} [${tensor.shape.join(', ')}]`;
  if (tensor.isDisposed) return `${head}, disposed: dispose() or the end of a tidy has freed its values`;
  // The library's own text: first and last values of each axis, under a line that names the class.
  const values = tensor.toString().replace(/^Tensor\n/, '');
  return `${head}\n${values}`;
}

interface ModelLike {
  layers: unknown[];
  summary(lineLength?: number, positions?: number[], print?: (line: string) => void): void;
}

export function isModel(value: object): value is ModelLike {
  const model = value as Partial<ModelLike>;
  return Array.isArray(model.layers) && typeof model.summary === 'function';
}

/** The layers of a model, as its `summary()` prints them. */
export function modelText(model: ModelLike): string {
  const lines: string[] = [];
  model.summary(undefined, undefined, line => lines.push(line));
  return lines.join('\n');
}
