/** Models and layers of TensorFlow.js, known by their shape alone: the kernel does not load the library. */
import { plainText } from './text.ts';

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

interface LayerLike {
  name: string;
  trainable: boolean;
  input: Shaped;
  output: Shaped;
  inboundNodes: unknown[];
  countParams(): number;
  getClassName(): string;
  getConfig(): Record<string, unknown>;
}

type Shaped = { shape: unknown } | { shape: unknown }[];

export function isLayer(value: object): value is LayerLike {
  const layer = value as Partial<LayerLike>;
  return (
    Array.isArray(layer.inboundNodes) &&
    [layer.countParams, layer.getClassName, layer.getConfig].every(method => typeof method === 'function')
  );
}

/** `Dense "hidden": [null, 4] → [null, 16], 80 parameters`, and how it is set up. */
export function layerText(layer: LayerLike): string {
  const parts = [shapes(layer), parameters(layer)].filter(part => part !== undefined);
  const head = `${layer.getClassName()} ${JSON.stringify(layer.name)}: ${parts.join(', ')}`;
  return `${head}\n${plainText(settings(layer))}`;
}

/** Undefined for a layer that no input has reached, or several have: it has no one shape. */
function shapes(layer: LayerLike): string | undefined {
  const write = (tensor: Shaped) =>
    [tensor].flat().map(each => `[${(each.shape as unknown[]).map(String).join(', ')}]`);
  try {
    return `${write(layer.input).join(', ')} → ${write(layer.output).join(', ')}`;
  } catch {
    return undefined;
  }
}

function parameters(layer: LayerLike): string {
  try {
    const count = layer.countParams();
    const words = `${count.toLocaleString('en')} parameter${count === 1 ? '' : 's'}`;
    return layer.trainable || count === 0 ? words : `${words}, frozen`;
  } catch {
    return 'not built yet';
  }
}

/** What can be said in a word; how weights begin, and what most layers have in common, is left out. */
function settings(layer: LayerLike): Record<string, unknown> {
  const isShort = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) || isList(value);
  const isCommon = (key: string) => ['name', 'trainable', 'dtype'].includes(key);
  return Object.fromEntries(
    Object.entries(layer.getConfig()).filter(([key, value]) => isShort(value) && !isCommon(key)),
  );
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => typeof item === 'number');
}
