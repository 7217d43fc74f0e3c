/** Values of other libraries that bring a picture or a table, but do not know Jupyter. */
import type { MimeBundle } from './channel.ts';
import { tableBundle } from './table.ts';
import { plainText } from './text.ts';

/** Undefined for a value of no such library. Only what the value itself offers is called. */
export function foreignBundle(value: object): MimeBundle | undefined {
  const { outerHTML, toDataURL, toSpec, columnNames, numRows, get } = value as Partial<Record<string, unknown>>;
  // An element, never a row of somebody's data with a field of that name.
  if (typeof outerHTML === 'string' && !Object.hasOwn(value, 'outerHTML')) return elementBundle(outerHTML);
  if (isFunction(toDataURL)) return canvasBundle(toDataURL.call(value));
  if (isFunction(toSpec)) return vegaBundle(toSpec.call(value));
  if (isFunction(columnNames) && isFunction(numRows) && isFunction(get)) {
    const columns = (columnNames.call(value) as unknown[]).map(String);
    const at = (row: number) => columns.map(column => get.call(value, column, row));
    return tableBundle({ columns, rows: { length: Number(numRows.call(value)), at } });
  }
  return undefined;
}

function isFunction(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === 'function';
}

/** An element of a DOM without a browser, such as a plot of Observable's. */
function elementBundle(markup: string): MimeBundle {
  const type = /^\s*<svg\b/i.test(markup) ? 'image/svg+xml' : 'text/html';
  return { [type]: markup, 'text/plain': plainText(markup) };
}

/** A canvas, as skia-canvas and node-canvas have them. */
function canvasBundle(url: unknown): MimeBundle | undefined {
  const [, type, data] = /^data:(image\/\w+);base64,(.*)$/s.exec(String(url)) ?? [];
  return type && data ? { [type]: data, 'text/plain': `[canvas, ${type}]` } : undefined;
}

/** A chart of vega-lite-api. */
function vegaBundle(spec: unknown): MimeBundle | undefined {
  if (spec === null || typeof spec !== 'object') return undefined;
  const { $schema } = spec as { $schema?: unknown };
  const [, kind = 'vega-lite', major = '5'] = /\/(vega|vega-lite)\/v(\d+)/.exec(String($schema)) ?? [];
  const type = kind === 'vega' ? `application/vnd.vega.v${major}+json` : `application/vnd.vegalite.v${major}+json`;
  return { [type]: spec, 'text/plain': `[${kind} chart]` };
}
