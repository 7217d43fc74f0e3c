import { currentExecution } from '../execution.ts';

/** Has an interrupt end the requests of its cell, besides what aborts them already. */
export function installFetch(): void {
  const original = globalThis.fetch;
  const fetchInCell: typeof fetch = (input, init) => {
    const { signal } = currentExecution();
    const own = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    return original(input, { ...init, signal: own ? AbortSignal.any([own, signal]) : signal });
  };
  globalThis.fetch = Object.defineProperty(fetchInCell, 'name', { value: 'fetch' });
}
