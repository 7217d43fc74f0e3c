/** Places for the labels of an axis at round numbers: 1, 2 or 5 times a power of ten apart, and at least so much. */
export function linearTicks(low: number, high: number, about = 6, least = 0): number[] {
  if (!(high > low)) return [low];
  const step = Math.max(least, niceStep((high - low) / about));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten; with 2 and 5 times of them where there are few. */
export function logTicks(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const step = Math.max(1, Math.ceil((last - first) / 8));
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = first; power <= last; power += step)
    for (const factor of factors) ticks.push(Number((factor * 10 ** power).toPrecision(12)));
  const inside = ticks.filter(tick => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  return inside.length >= 2 ? inside : linearTicks(low, high, 4);
}

/** The next of 1, 2, 5 times a power of ten. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find(choice => choice * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** All with as many decimals as the finest needs. */
export function tickTexts(ticks: readonly number[]): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const smallest = Math.min(...ticks.filter(tick => tick !== 0).map(Math.abs));
  if (largest >= 1e7 || smallest < 1e-4)
    return ticks.map(tick => (tick === 0 ? '0' : tick.toExponential().replace('e+', 'e')));
  const spread = largest / smallest;
  if (spread >= 100 && smallest < 1) return ticks.map(tick => String(tick));
  const decimals = Math.max(...ticks.map(tick => String(tick).split('.')[1]?.length ?? 0));
  return ticks.map(tick =>
    tick.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  );
}

/** A number for a sentence: three significant digits, with separators. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude < 1e-3 || magnitude >= 1e9)
    return value
      .toExponential(digits - 1)
      .replace('e+', 'e')
      .replace('-', '−');
  if (Number.isInteger(value) || magnitude >= 10 ** digits)
    return value.toLocaleString('en', { maximumFractionDigits: 0 }).replace('-', '−');
  return value.toLocaleString('en', { maximumSignificantDigits: digits }).replace('-', '−');
}

/** `97.1 %` */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${Number.isInteger(percent) ? percent : percent.toFixed(1)} %`;
}

/** `1 row`, `2 rows` */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
