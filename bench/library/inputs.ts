import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Learnable from '../../src/index.ts';
import { nativeImport } from '../../src/modules/native-import.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** As a user has it: built, and loaded by Node itself. */
export const learnable = (await nativeImport(
  pathToFileURL(path.join(root, 'dist', 'index.js')).href,
)) as typeof Learnable;

export interface Input {
  rows: number[][];
  /** Where Python reads the same numbers: float64, row after row. */
  file: string;
  shape: [number, number];
}

export interface Inputs {
  folder: string;
  digits: Input;
  /** 20 principal components of the digits: for a mixture, whose matrices must have full rank. */
  codes: Input;
  fashion2000: Input;
  fashion: Input;
  birdstrikes: string;
}

export async function readInputs(): Promise<Inputs> {
  const folder = mkdtempSync(path.join(tmpdir(), 'learnable-bench-'));
  const keep = (name: string, rows: number[][]): Input => {
    const file = path.join(folder, `${name}.f64`);
    writeFileSync(file, new Uint8Array(Float64Array.from(rows.flat()).buffer));
    return { rows, file, shape: [rows.length, rows[0]!.length] };
  };
  const pixels = (set: { pixels: ArrayLike<number>; count: number }, count = set.count) => {
    const size = set.pixels.length / set.count;
    return Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_, t) => set.pixels[i * size + t]!));
  };
  const { data, unsupervised } = learnable;
  const digits = pixels(await data.load('digits'));
  const { train } = await data.load('fashion-mnist');
  const codes = unsupervised.pca(digits, { components: 20 }).transform(digits);
  return {
    folder,
    digits: keep('digits', digits),
    codes: keep('codes', codes),
    fashion2000: keep('fashion2000', pixels(train, 2000)),
    fashion: keep('fashion', pixels(train)),
    birdstrikes: path.join(root, 'datasets', 'birdstrikes', 'data', 'birdstrikes.csv'),
  };
}
