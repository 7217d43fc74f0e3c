import { bundleOf } from '../../display/bundle.ts';
import { isAlreadyShown } from '../../display/channel.ts';
import { plainText } from '../../display/text.ts';
import type { Shown } from '../threads.ts';
import { withPlainForms, withStillPicture } from './forms.ts';

/**
 * How the value of a cell is shown; undefined for a value that is not. A value that cannot be shown in its own way is shown
 * plainly, and `warn` is told why.
 */
export async function showResult(value: unknown, warn: (text: string) => void): Promise<Shown | undefined> {
  if (value === undefined || isAlreadyShown(value)) return undefined;
  try {
    // A bundle may hold class instances, which cannot cross to another thread.
    const bundle = withPlainForms(await withStillPicture(await bundleOf(value)));
    return { data: JSON.parse(JSON.stringify(bundle)), metadata: {} };
  } catch (error) {
    warn(`This value could not be shown in its own way: ${error instanceof Error ? error.message : String(error)}\n`);
    return { data: { 'text/plain': plainText(value) }, metadata: {} };
  }
}
