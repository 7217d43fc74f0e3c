import { join } from 'node:path';
import { packageDirectory } from '../../../modules/index.ts';
import type { Covariant } from './covariance.ts';
import { PREFIX } from './library.ts';
import { type Package, readPackage } from './resolve.ts';

/** A library that is read as one file. */
export interface KnownLibrary {
  root: Package & { entry: string };
  /** Which other packages are parts of it. */
  belongs: (packageName: string) => boolean;
  covariant: Covariant;
}

/** The library to which a file of declarations may belong. */
export function libraryOf(path: string): KnownLibrary | undefined {
  const [, scope] = /^(.*\/node_modules\/@tensorflow)\/tfjs[^/]*\//.exec(path) ?? [];
  if (scope) return tensorflow(`${scope}/tfjs`);
  return path.startsWith(`${own.directory}/dist/`) ? { root: own, belongs: () => false, covariant: {} } : undefined;
}

const own = {
  name: 'learnable',
  directory: packageDirectory.replaceAll('\\', '/'),
  entry: join(packageDirectory, 'dist/index.d.ts').replaceAll('\\', '/'),
};

/** TensorFlow.js is seven packages with some 600 files, and 200 of them add one method each to its tensors. */
function tensorflow(directory: string): KnownLibrary | undefined {
  const root = readPackage('@tensorflow/tfjs', directory);
  if (!root?.entry) return undefined;
  return {
    root: { ...root, entry: root.entry },
    belongs: name => name.startsWith('@tensorflow/'),
    covariant: { [`${PREFIX}@tensorflow/tfjs-core/dist/tensor`]: ['Tensor', 'Variable'] },
  };
}
