import { inspect } from 'node:util';
import { isDisplayable } from '../../display/channel.ts';
import type { Shown } from '../threads.ts';

/** How the value of a cell is shown; undefined for a value that is not. */
export async function showResult(value: unknown): Promise<Shown | undefined> {
  if (value === undefined) return undefined;
  if (isDisplayable(value)) {
    const data = await value[Symbol.for('Jupyter.display') as never as keyof typeof value]();
    return { data: JSON.parse(JSON.stringify(data)), metadata: {} };
  }
  return { data: { 'text/plain': inspect(value) }, metadata: {} };
}
