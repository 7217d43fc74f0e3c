/** Ends of column names that are read as units. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ...['mm', 'cm', 'm', 'km', 'mg', 'g', 'kg', 'ms', 's', 'min'].map(unit => [unit, unit] as const),
  ['hz', 'Hz'],
  ['khz', 'kHz'],
  ['percent', '%'],
  ['celsius', '°C'],
]);

/** A column's name in words, for an axis: `flipper_length_mm` → `flipper length (mm)`. Other names stay as they are. */
export function axisLabel(column: string): string {
  const words = wordsOf(column);
  const unit = UNITS.get(words.at(-1) ?? '');
  return unit && words.length > 1 ? `${words.slice(0, -1).join(' ')} (${unit})` : words.join(' ');
}

/** The same without its unit, for a sentence: `flipper length (mm)` → `flipper length`. */
export function withoutUnit(label: string): string {
  return label.replace(/ \([^()]*\)$/, '');
}

/** With a capital letter, if it begins with a word; `x` and `pH` stay as they are. */
export function sentence(text: string): string {
  return /^[a-z]{2}/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Only names of small letters and underscores are taken apart: others are written for people already. */
function wordsOf(name: string): string[] {
  return /^[a-z0-9]+(_[a-z0-9]+)+$/.test(name) ? name.split('_') : [name];
}
