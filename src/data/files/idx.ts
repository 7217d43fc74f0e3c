import { describe, mismatch } from '../../core/index.ts';

export interface IdxArray {
  /** Length of each axis. */
  shape: number[];
  /** Row by row, the last axis fastest. */
  values: Uint8Array;
}

const UNSIGNED_BYTE = 8;

/**
 * The idx format of MNIST: two bytes of 0, the type, the number of axes, the length of each as four bytes (the most
 * significant first), then the values. Unsigned bytes only. The values share the memory of `bytes`.
 */
export function parseIdx(where: string, bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const axes = bytes[3] ?? 0;
  if (bytes.length < 4 || view.getUint16(0) !== 0 || bytes[2] !== UNSIGNED_BYTE || bytes.length < 4 + 4 * axes)
    throw mismatch({
      where,
      expected: 'an idx file of unsigned bytes, which begins with 0, 0, 8',
      received: bytes.length === 0 ? 'an empty file' : describe([...bytes.subarray(0, 4)]),
    });
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const values = bytes.subarray(4 + 4 * axes);
  const count = shape.reduce((product, length) => product * length, 1);
  if (values.length !== count)
    throw mismatch({ where, expected: `${count} values, as the header says`, received: String(values.length) });
  return { shape, values };
}
