import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { thrown } from '../fixtures.ts';

const { images } = data;

interface Entry {
  file: string;
  shape: [number, number, number];
  pixels: number[];
}
const golden = JSON.parse(readFileSync(new URL('../golden/images.json', import.meta.url), 'utf8')) as {
  png: Record<string, Entry>;
  jpeg: Record<string, Entry>;
  turned: Record<string, string>;
  soft: number[];
};
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const shapeOf = ({ height, width, channels }: data.images.Image) => [height, width, channels];

describe('PNG', () => {
  it.each(Object.keys(golden.png))('%s: the pixels that Pillow decodes', kind => {
    const { file, shape, pixels } = golden.png[kind]!;
    const picture = images.decode(bytesOf(file));
    expect(shapeOf(picture)).toEqual(shape);
    const wanted = kind === 'sixteenBits' ? pixels.map(value => Math.round(value / 257)) : pixels;
    if (kind.endsWith('Alpha') || kind === 'colourKey') {
      // What is transparent has any colour: Pillow and we agree on alpha and on all that can be seen.
      const channels = shape[2];
      picture.pixels.forEach((value, i) => {
        const isAlpha = i % channels === channels - 1;
        const alpha = wanted[i - (i % channels) + channels - 1]!;
        if (isAlpha || alpha > 0) expect(value).toBe(wanted[i]);
      });
    } else expect([...picture.pixels]).toEqual(wanted);
  });

  it('interlaced', () => {
    const { pixels, shape } = golden.png.rgb!;
    const [height, width] = shape;
    const file = encode({ data: Uint8Array.from(pixels), height, width, channels: 3 }, { interlace: 'Adam7' });
    expect([...images.decode(file).pixels]).toEqual(pixels);
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3, 4),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(1000),
        (channels, height, width, start) => {
          const pixels = Uint8Array.from({ length: height * width * channels }, (_, i) => (start + i * 37) % 256);
          const picture = images.decode(images.encodePng({ pixels, height, width, channels } as data.images.Pixels));
          expect(shapeOf(picture)).toEqual([height, width, channels]);
          expect(picture.pixels).toEqual(pixels);
        },
      ),
    );
  });
});

describe('JPEG', () => {
  it.each(Object.keys(golden.jpeg))('%s: what Pillow decodes, but for rounding', kind => {
    const { file, shape, pixels } = golden.jpeg[kind]!;
    const picture = images.decode(bytesOf(file));
    expect(shapeOf(picture)).toEqual(shape);
    const differences = pixels.map((value, i) => Math.abs(value - picture.pixels[i]!));
    // Between colours of half the size Pillow interpolates, which the standard leaves open.
    expect(Math.max(...differences)).toBeLessThanOrEqual(kind === 'progressive' ? 40 : 4);
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(
      kind === 'progressive' ? 4 : 1,
    );
  });

  it.each(Object.keys(golden.turned))('is turned upright as the camera noted: %s', orientation => {
    // The picture as stored, 16 × 24, and where its upper left corner belongs.
    const stored = golden.soft;
    const at = (y: number, x: number) => stored.slice((y * 40 + x) * 3, (y * 40 + x) * 3 + 3);
    const picture = images.decode(bytesOf(golden.turned[orientation]!));
    const places: Record<string, (y: number, x: number) => [number, number]> = {
      1: (y, x) => [y, x],
      2: (y, x) => [y, 23 - x],
      3: (y, x) => [15 - y, 23 - x],
      4: (y, x) => [15 - y, x],
      5: (y, x) => [x, y],
      6: (y, x) => [x, 15 - y],
      7: (y, x) => [23 - x, 15 - y],
      8: (y, x) => [23 - x, y],
    };
    expect([picture.height, picture.width]).toEqual(Number(orientation) > 4 ? [24, 16] : [16, 24]);
    for (const [y, x] of [
      [0, 0],
      [3, 20],
      [12, 7],
      [15, 23],
    ] as const) {
      const [row, column] = places[orientation]!(y, x);
      const found = [
        ...picture.pixels.subarray((row * picture.width + column) * 3, (row * picture.width + column) * 3 + 3),
      ];
      found.forEach((value, c) => {
        expect(Math.abs(value - at(y, x)[c]!)).toBeLessThanOrEqual(8);
      });
    }
  });
});

describe('read', () => {
  it('reads a file, and says what is wrong with it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'images-'));
    try {
      const path = join(folder, 'cat.png');
      await writeFile(path, await data.file('photos', 'chelsea.png'));
      expect(shapeOf(await images.read(path))).toEqual([300, 451, 3]);
      const none = join(folder, 'none.png');
      await expect(images.read(none)).rejects.toThrow(`images.read('${none}'): there is no such file.`);
      await writeFile(path, 'GIF89a');
      await expect(images.read(path)).rejects.toMatchObject({
        message: `images.read('${path}'): expected the bytes of a PNG or JPEG file, received bytes that begin with 474946383961.`,
        hint: 'Save the picture as PNG or JPEG first.',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says that a file is cut off', () => {
    for (const [kind, { file }] of [
      ['PNG', golden.png.rgb!],
      ['JPEG', golden.jpeg.baseline!],
    ] as const)
      expect(thrown(() => images.decode(bytesOf(file).subarray(0, 150))).message).toMatch(
        new RegExp(`^decode\\(bytes\\): the ${kind} file cannot be read: .`),
      );
    expect(thrown(() => images.decode(new Uint8Array())).message).toContain('received no bytes.');
    const spoilt = bytesOf(golden.png.rgb!.file);
    spoilt[60] = spoilt[60]! ^ 255;
    expect(thrown(() => images.decode(spoilt)).message).toContain('the PNG file cannot be read');
  });
});
