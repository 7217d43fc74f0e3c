import { readFile, writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import {
  assertShape,
  columnValues,
  describe,
  isMissing,
  LearnableError,
  mismatch,
  type Prepared,
} from '../../core/index.ts';
import { assertComplete, assertFrame } from '../assert.ts';
import { createFrame } from '../frame.ts';
import { decodeValue, type Encoding, encoderOf, featuresOf } from './encoding.ts';
import type { Preparation } from './prepare.ts';
import { type TargetCoder, type TargetCoding, targetCoder } from './target.ts';

export interface SavedPreparation {
  kind: 'preparation';
  encodings: Encoding[];
  target: TargetCoding;
}

export function preparation(encodings: readonly Encoding[], coder: TargetCoder): Preparation {
  const features = encodings.flatMap(featuresOf);
  const prepare = (frame: DataFrame): Prepared => {
    assertFrame('prepare(frame)', frame);
    const x = encodeAll(frame, encodings, features.length);
    const y = coder.encode(frame);
    return {
      x,
      ...(y && { y }),
      ...(coder.classes && { classes: [...coder.classes] }),
      features: [...features],
      dispose: () => tf.dispose(y ? [x, y] : x),
    };
  };
  const { target, classes, scale } = coder;
  const toJSON = (): SavedPreparation => ({
    kind: 'preparation',
    encodings: [...encodings],
    target: { ...(target !== undefined && { target }), ...(classes && { classes }), ...(scale && { scale }) },
  });
  return Object.assign(prepare, {
    width: features.length,
    features,
    classes,
    targetScale: scale,
    inverse: (x: tf.Tensor2D | readonly (readonly number[])[]) => decodeAll(encodings, features.length, x),
    inverseTarget: coder.decode,
    toJSON,
    save: (path: string) => writeFile(path, `${JSON.stringify(toJSON(), null, 1)}\n`),
  });
}

/**
 * A preparation from what its `toJSON` gave: for a model that was trained before, and data that comes now.
 *
 * @example
 * const prepare = data.fitPreparation(data.frame({ n: [1, 2, 9], t: ['a', 'b', 'a'] }), { target: 't' });
 * const again = data.restorePreparation(JSON.parse(JSON.stringify(prepare)));
 */
export function restorePreparation(saved: SavedPreparation): Preparation {
  if (saved?.kind === 'preparation') return preparation(saved.encodings, targetCoder(saved.target));
  throw mismatch({ where: 'restorePreparation(saved)', expected: 'a saved preparation', received: describe(saved) });
}

/**
 * Reads a preparation that `prepare.save` wrote. Throws if there is no such file, or it holds something else.
 *
 * @example
 * const { tmpdir } = await import('node:os');
 * const prepare = data.fitPreparation(data.frame({ n: [1, 2, 9], t: ['a', 'b', 'a'] }), { target: 't' });
 * await prepare.save(`${tmpdir()}/preparation.json`);
 * const again = await data.loadPreparation(`${tmpdir()}/preparation.json`);
 */
export async function loadPreparation(path: string): Promise<Preparation> {
  try {
    return restorePreparation(JSON.parse(await readFile(path, 'utf8')) as SavedPreparation);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = missing ? 'there is no such file.' : (cause as Error).message;
    throw new LearnableError(`loadPreparation('${path}'): ${reason}`, { cause });
  }
}

function encodeAll(frame: DataFrame, encodings: readonly Encoding[], width: number): tf.Tensor2D {
  const rows = frame.values.length;
  const numbers = new Float32Array(rows * width);
  let offset = 0;
  for (const encoding of encodings) {
    const where = `prepare('${encoding.column}')`;
    const values = columnValues(where, frame, encoding.column);
    const missing = values.flatMap((value, position) => (isMissing(value) ? [position] : []));
    assertComplete(where, frame, encoding.column, missing);
    const encode = encoderOf(encoding);
    for (let row = 0; row < rows; row++) encode(values[row], numbers, row * width + offset);
    offset += featuresOf(encoding).length;
  }
  return tf.tensor2d(numbers, [rows, width]);
}

function decodeAll(
  encodings: readonly Encoding[],
  width: number,
  x: tf.Tensor2D | readonly (readonly number[])[],
): DataFrame {
  const rows = x instanceof tf.Tensor ? (x.arraySync() as number[][]) : x;
  for (const row of rows) assertShape('prepare.inverse(x)', { shape: [rows.length, row.length] }, [null, width]);
  const decoded = rows.map(row => {
    let offset = 0;
    return encodings.map(encoding => {
      const part = row.slice(offset, offset + featuresOf(encoding).length);
      offset += part.length;
      return decodeValue(encoding, part);
    });
  });
  return createFrame(
    encodings.map(encoding => encoding.column),
    decoded,
  );
}
