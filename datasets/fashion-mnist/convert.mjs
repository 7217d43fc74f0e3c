// The shipped subset: of each class the first 1,000 training and the first 200 test images, in their order.
// usage: node convert.mjs path/to/folder (with the four *-ubyte.gz files of Fashion-MNIST)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const PIXELS = 28 * 28;
for (const [from, to, perClass] of [
  ['train', 'train', 1000],
  ['t10k', 'test', 200],
]) {
  const images = gunzipSync(readFileSync(join(process.argv[2], `${from}-images-idx3-ubyte.gz`)));
  const labels = gunzipSync(readFileSync(join(process.argv[2], `${from}-labels-idx1-ubyte.gz`)));
  const taken = new Array(10).fill(0);
  const chosen = [...labels.subarray(8)].flatMap((label, place) => (taken[label]++ < perClass ? [place] : []));
  const picked = chosen.map(place => images.subarray(16 + place * PIXELS, 16 + (place + 1) * PIXELS));
  write(`${to}-images-idx3-ubyte.gz`, images.subarray(0, 16), picked);
  write(`${to}-labels-idx1-ubyte.gz`, labels.subarray(0, 8), [Uint8Array.from(chosen, place => labels[8 + place])]);
}

function write(name, header, parts) {
  const count = parts.reduce((sum, part) => sum + part.length, 0) / (header.length === 16 ? PIXELS : 1);
  const start = Buffer.from(header);
  start.writeUInt32BE(count, 4);
  writeFileSync(new URL(`data/${name}`, import.meta.url), gzipSync(Buffer.concat([start, ...parts]), { level: 9, memLevel: 9 }));
}
