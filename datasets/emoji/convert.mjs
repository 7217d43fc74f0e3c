// The shipped sheets from one PNG an emoji and vendor: 16 emoji a row, each 64×64, in the order of labels.csv.
// usage: node convert.mjs path/to/emoji (with labels.csv, google/ and twitter/)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertIndexedToRgb, decode, encode } from 'fast-png';

const SIZE = 64;
const COLUMNS = 16;
const source = process.argv[2];

const rows = readFileSync(join(source, 'labels.csv'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map(line => line.split(','))
  .sort(([fileA, , a], [fileB, , b]) => (a === b ? (fileA < fileB ? -1 : 1) : a < b ? -1 : 1));
const lines = rows.map(([file, name, label]) => [file.replace('.png', ''), name, label].join(','));
writeFileSync(new URL('data/labels.csv', import.meta.url), `${['code_points,name,label', ...lines].join('\n')}\n`);

for (const vendor of ['google', 'twitter']) {
  const width = COLUMNS * SIZE;
  const height = Math.ceil(rows.length / COLUMNS) * SIZE;
  const data = new Uint8Array(width * height * 4);
  rows.forEach(([file], place) => {
    const emoji = rgba(readFileSync(join(source, vendor, file)));
    const left = (place % COLUMNS) * SIZE;
    const top = Math.floor(place / COLUMNS) * SIZE;
    for (let y = 0; y < SIZE; y++)
      data.set(emoji.subarray(y * SIZE * 4, (y + 1) * SIZE * 4), ((top + y) * width + left) * 4);
  });
  const sheet = encode({ width, height, data, channels: 4 }, { zlib: { level: 9, mem: 12 } });
  writeFileSync(new URL(`data/${vendor}.png`, import.meta.url), sheet);
}

/** Any PNG as red, green, blue, alpha; what cannot be seen is black, so that it packs well. */
function rgba(file) {
  const picture = decode(file);
  const [data, channels] = picture.palette
    ? [convertIndexedToRgb(picture), picture.palette[0].length]
    : [picture.data, picture.channels];
  const pixels = new Uint8Array(SIZE * SIZE * 4);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const alpha = channels % 2 === 0 ? data[i * channels + channels - 1] : 255;
    if (alpha === 0) continue;
    for (let c = 0; c < 3; c++) pixels[i * 4 + c] = data[i * channels + (channels <= 2 ? 0 : c)];
    pixels[i * 4 + 3] = alpha;
  }
  return pixels;
}
