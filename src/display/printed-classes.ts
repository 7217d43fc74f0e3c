/** Classes of libraries that print their inner workings: given words of their own. */
import { type InspectOptions, inspect } from 'node:util';
import { isLayer, isModel, layerText, modelText } from './models.ts';
import { frameBundle, isFrame } from './rows.ts';
import { isTensor, tensorText } from './tensors.ts';

/** Has tensors and layers of a copy of TensorFlow.js, and the frames of one of danfojs, print as they are displayed. */
export function printsKnownClasses(module: object): void {
  const { Tensor, DataFrame, tensorflow, layers } = module as Record<string, { prototype?: object } | undefined>;
  printsAs(lastWith('dataSync', Tensor?.prototype), tensorWords);
  printsAs(lastWith('dtypes', DataFrame?.prototype), frameWords); // what a Series has in common with it
  const { Layer } = (layers ?? {}) as { Layer?: { prototype?: object } };
  printsAs(lastWith('countParams', Layer?.prototype), layerWords); // models are layers, too
  if (tensorflow) printsKnownClasses(tensorflow);
}

/** The prototype furthest up that has a member. */
function lastWith(member: string, prototype: object | null | undefined): object | undefined {
  if (!prototype || !(member in prototype)) return undefined;
  return lastWith(member, Object.getPrototypeOf(prototype)) ?? prototype;
}

/** `isWhole`: it is no part of something else that is printed. Undefined for what is not what it seems. */
type Words = (value: object, isWhole: boolean) => string | undefined;

function printsAs(prototype: object | undefined, words: Words): void {
  if (!prototype || Object.hasOwn(prototype, inspect.custom)) return;
  const printed = function (this: object, depth: number, options: InspectOptions): unknown {
    let text: string | undefined;
    try {
      text = words(this, depth === options.depth);
    } catch {
      // It is not whole: what it is made of cannot be read.
    }
    return text ?? `[${this.constructor.name}]`;
  };
  Object.defineProperty(prototype, inspect.custom, { value: printed, configurable: true });
  OWN.add(printed);
}

const OWN = new WeakSet<object>();

/** Whether a value prints in words of ours: no code of a learner or a package runs when it does. */
export function printsOwnWords(value: object): boolean {
  for (let object: object | null = value; object; object = Object.getPrototypeOf(object)) {
    const printed = Object.getOwnPropertyDescriptor(object, inspect.custom)?.value;
    if (printed) return OWN.has(printed);
  }
  return false;
}

function tensorWords(value: object, isWhole: boolean): string | undefined {
  if (!isTensor(value)) return undefined;
  const text = tensorText(value);
  const [head, ...lines] = text.split('\n');
  if (isWhole || lines.length === 0) return text;
  return lines.length === 1 && lines[0]!.length < 40 ? `${head} ${lines[0]}` : head;
}

function layerWords(value: object, isWhole: boolean): string | undefined {
  if (isModel(value)) return isWhole ? modelText(value) : modelInShort(value);
  if (!isLayer(value)) return undefined;
  const text = layerText(value);
  return isWhole ? text : text.split('\n')[0];
}

function modelInShort(model: object & { layers: unknown[] }): string {
  const count = model.layers.length;
  return `${model.constructor.name} of ${count} layer${count === 1 ? '' : 's'}`;
}

function frameWords(value: object, isWhole: boolean): string | undefined {
  if (!isFrame(value)) return undefined;
  const text = String(frameBundle(value)['text/plain']);
  return isWhole ? text : `${value.constructor.name} of ${text.split('\n').at(-1)}`;
}
