import type { LayersModel } from '@tensorflow/tfjs';
import { DISPLAY, type Displayable, type MimeBundle } from '../display/channel.ts';

export interface LayerSummary {
  name: string;
  /** tfjs's name for it, such as `Dense`. */
  kind: string;
  activation?: string;
  /** Of its output; null is the batch. */
  shape: (number | null)[];
  /** How many numbers it learns or keeps. */
  parameters: number;
  trainable: boolean;
}

export interface ModelSummary extends Displayable {
  name: string;
  layers: LayerSummary[];
  parameters: number;
  /** Of these, how many training changes. */
  trainable: number;
}

/** The layers of a model as data: names, shapes, how many parameters. A notebook shows it as a table. */
export function summary(model: LayersModel): ModelSummary {
  const layers = model.layers.map((layer): LayerSummary => {
    const activation = activationOf(layer.getConfig());
    return {
      name: layer.name,
      kind: layer.getClassName(),
      ...(activation === undefined ? {} : { activation }),
      shape: [layer.outputShape].flat(1) as (number | null)[],
      parameters: layer.countParams(),
      trainable: layer.trainable,
    };
  });
  const count = (weights: LayersModel['weights']) =>
    weights.reduce((sum, { shape }) => sum + shape.reduce((product: number, size) => product * (size ?? 1), 1), 0);
  const result = {
    name: model.name,
    layers,
    parameters: count(model.weights),
    trainable: count(model.trainableWeights),
  };
  // Not enumerable: it would only be noise beside the data.
  return Object.defineProperty(result, DISPLAY, { value: () => displayed(result) }) as ModelSummary;
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
    trainable ? kind : `${kind}, frozen`,
    activation ?? '',
    `[${shape.map(size => size ?? 'batch').join(', ')}]`,
    parameters.toLocaleString('en'),
  ]);
  const frozen = facts.parameters - facts.trainable;
  const total = `${facts.parameters.toLocaleString('en')} parameters${frozen ? `, ${frozen.toLocaleString('en')} of them frozen` : ''}`;
  return { 'text/plain': asText(rows, total), 'text/html': asHtml(rows, total) };
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

function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, letter => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[letter]!);
}
