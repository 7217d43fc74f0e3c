// The shipped idx files from scikit-learn's table of 64 brightnesses and the digit.
// usage: node convert.mjs path/to/sklearn/datasets/data/digits.csv.gz
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const rows = gunzipSync(readFileSync(process.argv[2]))
  .toString('utf8')
  .trim()
  .split(/\r?\n/)
  .map(line => line.split(',').map(Number));

/** idx: two bytes of 0, the type (8: unsigned bytes), the number of axes, the length of each, then the values. */
function idx(shape, values) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis));
  return gzipSync(Buffer.concat([header, Uint8Array.from(values)]), { level: 9 });
}

const write = (name, bytes) => writeFileSync(new URL(`data/${name}`, import.meta.url), bytes);
write('images-idx3-ubyte.gz', idx([rows.length, 8, 8], rows.flatMap(row => row.slice(0, 64))));
write('labels-idx1-ubyte.gz', idx([rows.length], rows.map(row => row[64])));
