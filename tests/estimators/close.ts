import { expect } from 'vitest';

/** Each number within `tolerance` of the larger of 1 and its own size. */
export function expectClose(received: unknown, expected: unknown, tolerance: number, place = 'value'): void {
  if (typeof expected === 'number') {
    const error = Math.abs((received as number) - expected) / Math.max(1, Math.abs(expected));
    expect(error, `${place}: ${received} for ${expected}`).toBeLessThanOrEqual(tolerance);
    return;
  }
  if (typeof expected !== 'object' || expected === null) {
    expect(received, place).toBe(expected);
    return;
  }
  expect(Object.keys(received as object).sort(), place).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected))
    expectClose((received as Record<string, unknown>)[key], value, tolerance, `${place}.${key}`);
}
