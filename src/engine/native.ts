import { createRequire } from 'node:module';
import { getBackend, setBackend } from '@tensorflow/tfjs';

/** The backend that the native package registers. */
export const NATIVE_BACKEND = 'tensorflow';
const PACKAGE = 'tfjs-node-native';

/** Loads the optional native package and gives back the backend to what it was; says why when it cannot. */
export function loadNative(): { loaded: true } | { loaded: false; reason: string } {
  const require = createRequire(import.meta.url);
  try {
    require.resolve(PACKAGE);
  } catch {
    return { loaded: false, reason: 'tfjs-node is not installed, which is normal' };
  }
  const before = getBackend();
  try {
    restoreOldUtil(require);
    require(PACKAGE);
    return { loaded: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return { loaded: false, reason: `tfjs-node is installed but does not load here (${reason})` };
  } finally {
    if (before) setBackend(before);
  }
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreOldUtil(require: NodeJS.Require): void {
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= value => value === null || value === undefined;
}
