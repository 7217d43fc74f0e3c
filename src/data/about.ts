import { DISPLAY, type Displayable } from '../display/channel.ts';
import { escapeHtml } from '../display/html.ts';
import { printsAsText } from '../display/printed.ts';
import type { Column, Dataset } from './catalogue/dataset.ts';
import { type catalogue, type DatasetName, entryOf } from './catalogue/index.ts';

/**
 * What to know of a dataset before it is used: source, licence, columns with their units, known faults. As the value of a
 * cell it shows itself.
 *
 * @example data.about('titanic')
 * @example data.about('titanic').faults.map(fault => fault.about)
 */
export function about<Name extends DatasetName>(name: Name): (typeof catalogue)[Name] & Displayable {
  const entry = { ...entryOf('data.about(name)', name) };
  Object.defineProperty(entry, DISPLAY, {
    value: () => ({ 'text/html': toHtml(name, entry), 'text/plain': toText(name, entry) }),
  });
  return printsAsText(entry as (typeof catalogue)[Name] & Displayable);
}

function columnsOf(entry: Dataset): readonly Column[] {
  return 'columns' in entry ? entry.columns : [];
}

function toText(name: string, entry: Dataset): string {
  const columns = columnsOf(entry).map(
    column => `  ${[nameWithUnit(column), column.about].filter(Boolean).join(': ')}`,
  );
  return [
    `${name}: ${entry.title}`,
    `Source: ${entry.source}`,
    `Licence: ${entry.licence}`,
    ...(columns.length > 0 ? ['Columns:', ...columns] : []),
    'Known faults:',
    ...entry.faults.map(fault => `  ${fault.about}`),
  ].join('\n');
}

function nameWithUnit({ name, unit }: Column): string {
  return unit ? `${name} (${unit})` : name;
}

function toHtml(name: string, entry: Dataset): string {
  const row = ({ name, unit = '', about = '' }: Column) =>
    `<tr>${[name, unit, about].map(cell => `<td style="text-align:left">${escapeHtml(cell)}</td>`).join('')}</tr>`;
  const columns = columnsOf(entry);
  const head = ['column', 'unit', 'meaning'].map(word => `<th style="text-align:left">${word}</th>`).join('');
  return [
    `<div><p><b>${escapeHtml(name)}</b>: ${escapeHtml(entry.title)}</p>`,
    `<p>Source: ${escapeHtml(entry.source)}<br>Licence: ${escapeHtml(entry.licence)}</p>`,
    columns.length > 0
      ? `<table><thead><tr>${head}</tr></thead><tbody>${columns.map(row).join('')}</tbody></table>`
      : '',
    `<p>Known faults</p><ul>${entry.faults.map(fault => `<li>${escapeHtml(fault.about)}</li>`).join('')}</ul></div>`,
  ].join('');
}
