import type { LayersModel } from '@tensorflow/tfjs';
import { DISPLAY, type Displayable, type MimeBundle } from '../display/channel.ts';
import { escapeHtml } from '../display/html.ts';

export interface LayerSummary {
  name: string;
  /** tfjs's name for it, such as `Dense`. */
  kind: string;
  activation?: string;
  /** Of its output; null is the batch, and any other size that is free. */
  shape: (number | null)[];
  /** How many numbers it learns or keeps. */
  parameters: number;
  /** What it learns or keeps, by name, with shapes: `{ kernel: [4, 16], bias: [16] }`. */
  weights: Record<string, number[]>;
  trainable: boolean;
}

export interface ModelSummary extends Displayable {
  name: string;
  layers: LayerSummary[];
  parameters: number;
  /** Of these, how many training changes by gradients. */
  trainable: number;
  memory: {
    /** Bytes of all parameters, four for each. */
    parameters: number;
    /** Bytes of all layers' outputs for one example; a free size counts as 1. Training keeps them for each example of a batch. */
    activations: number;
  };
}

/**
 * The layers of a model as data: names, shapes, parameters, memory. A notebook shows it as a table.
 *
 * @example models.summary(models.mlp({ inputs: 4, hidden: [16], outputs: 3, task: 'classification' }));
 */
export function summary(model: LayersModel): ModelSummary {
  const layers = model.layers.map((layer): LayerSummary => {
    const activation = activationOf(layer.getConfig());
    return {
      name: layer.name,
      kind: layer.getClassName(),
      ...(activation === undefined ? {} : { activation }),
      // A layer that is in two models, as in both halves of an autoencoder, has no one `outputShape`.
      shape: [layer.inboundNodes[0]?.outputShapes ?? layer.outputShape].flat(2) as (number | null)[],
      parameters: count(layer.weights),
      weights: weightShapes(layer),
      trainable: layer.trainable,
    };
  });
  const parameters = count(model.weights);
  const values = layers.reduce((sum, { shape }) => sum + size(shape), 0);
  const result = {
    name: model.name,
    layers,
    parameters,
    trainable: count(model.trainableWeights),
    memory: { parameters: 4 * parameters, activations: 4 * values },
  };
  // Not enumerable: it would only be noise beside the data.
  return Object.defineProperty(result, DISPLAY, { value: () => displayed(result) }) as ModelSummary;
}

function count(weights: LayersModel['weights']): number {
  return weights.reduce((sum, { shape }) => sum + size(shape), 0);
}

function size(shape: readonly (number | null)[]): number {
  return shape.reduce((product: number, length) => product * (length ?? 1), 1);
}

/** `gru1/forward_gru1/kernel` of the layer `gru1` is `forward_gru1/kernel`. */
function weightShapes(layer: LayersModel['layers'][number]): Record<string, number[]> {
  const shapes = layer.weights.map(({ originalName, shape }) => [
    originalName.startsWith(`${layer.name}/`) ? originalName.slice(layer.name.length + 1) : originalName,
    shape as number[],
  ]);
  return Object.fromEntries(shapes);
}

function activationOf(config: object): string | undefined {
  const { activation } = config as { activation?: unknown };
  return typeof activation === 'string' ? activation : undefined;
}

type Facts = Omit<ModelSummary, typeof DISPLAY>;

const HEADINGS = ['layer', 'kind', 'activation', 'output shape', 'parameters'];

function displayed(facts: Facts): MimeBundle {
  const rows = facts.layers.map(({ name, kind, activation, shape, parameters, trainable }) => [
    name,
    trainable || parameters === 0 ? kind : `${kind}, frozen`,
    activation ?? '',
    `[${shape.map((length, axis) => length ?? (axis === 0 ? 'batch' : 'any')).join(', ')}]`,
    parameters.toLocaleString('en'),
  ]);
  const total = totalText(facts);
  return { 'text/plain': asText(rows, total), 'text/html': asHtml(rows, total) };
}

function totalText({ layers, parameters, trainable, memory }: Facts): string {
  const frozen = layers.reduce((sum, layer) => sum + (layer.trainable ? 0 : layer.parameters), 0);
  const averages = parameters - trainable - frozen; // what batch normalisation keeps
  const parts = [
    `${parameters.toLocaleString('en')} parameters (${formatBytes(memory.parameters)})`,
    frozen > 0 ? `${frozen.toLocaleString('en')} of them frozen` : '',
    averages > 0 ? `${averages.toLocaleString('en')} of them running averages` : '',
    `${formatBytes(memory.activations)} of outputs for each example`,
  ];
  return parts.filter(part => part !== '').join(', ');
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${Number(value.toPrecision(2)) >= 10 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

function asText(rows: string[][], total: string): string {
  const table = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
  const lines = table.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, total].join('\n');
}

function asHtml(rows: string[][], total: string): string {
  const line = (cells: string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map(row => line(row, 'td')).join('');
  return `<table><thead>${line(HEADINGS, 'th')}</thead><tbody>${body}</tbody></table><p>${total}</p>`;
}
