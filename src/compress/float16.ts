/** The largest finite number of float16. */
const LARGEST = 65504;

/** The nearest number of IEEE 754's binary16, ties to even; too large ones become infinite. */
export function toFloat16(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const magnitude = Math.abs(value);
  // Ten bits behind the leading one; below 2⁻¹⁴ the steps stay as they are there.
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
  const step = 2 ** (exponent - 10);
  const rounded = roundToEven(magnitude / step) * step;
  return Math.sign(value) * (rounded > LARGEST ? Number.POSITIVE_INFINITY : rounded);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
