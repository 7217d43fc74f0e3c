import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { flipped, turned } from '../../../src/data/images/geometry.ts';
import * as data from '../../../src/data/index.ts';
import { thrown } from '../fixtures.ts';

const { images } = data;

const golden = JSON.parse(readFileSync(new URL('../golden/images.json', import.meta.url), 'utf8')) as {
  png: { rgb: { pixels: number[] } };
  resized: Record<string, { bilinear: number[]; area: number[] }>;
  pooled: number[];
  soft: number[];
  rotated: number[];
  luma: number[];
};
const colour = images.image({ pixels: Uint8Array.from(golden.png.rgb.pixels), height: 13, width: 17, channels: 3 });
const soft = images.image({ pixels: Uint8Array.from(golden.soft), height: 32, width: 40, channels: 3 });
const grey = (rows: number[][]) =>
  images.image({ pixels: Uint8Array.from(rows.flat()), height: rows.length, width: rows[0]!.length, channels: 1 });
const rows = ({ pixels, width }: data.images.Image) =>
  Array.from({ length: pixels.length / width }, (_, y) => [...pixels.subarray(y * width, (y + 1) * width)]);
const set = () =>
  images.imageSet({
    pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    height: 2,
    width: 2,
    channels: 1,
    white: 16,
    labels: [0, 1],
    classes: ['a', 'b'],
    names: ['x', 'y'],
  });

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('resize', () => {
  it.each(Object.keys(golden.resized))('to %s: bilinear as PyTorch, area as the exact means', size => {
    const [height, width] = size.split(' ').map(Number) as [number, number];
    for (const kind of ['bilinear', 'area'] as const) {
      const { pixels } = images.resize(colour, { height, width, kind });
      golden.resized[size]![kind].forEach((value, i) => {
        // Rounded to whole numbers; a half may go either way.
        expect(Math.abs(pixels[i]! - value)).toBeLessThanOrEqual(0.5 + 1e-5);
      });
    }
  });

  it('area by whole numbers is average pooling', () => {
    const { pixels } = images.resize(soft, { height: 8, width: 10, kind: 'area' });
    golden.pooled.forEach((value, i) => {
      expect(Math.abs(pixels[i]! - value)).toBeLessThanOrEqual(0.5 + 1e-9);
    });
  });

  it('nearest takes pixels as they are, and the same size changes nothing', () => {
    expect(
      rows(
        images.resize(
          grey([
            [1, 2],
            [3, 4],
          ]),
          { height: 4, width: 4, kind: 'nearest' },
        ),
      ),
    ).toEqual([
      [1, 1, 2, 2],
      [1, 1, 2, 2],
      [3, 3, 4, 4],
      [3, 3, 4, 4],
    ]);
    for (const kind of ['bilinear', 'area', 'nearest'] as const)
      expect(images.resize(colour, { height: 13, width: 17, kind }).pixels).toEqual(colour.pixels);
  });

  it('averages where it shrinks, unless told otherwise', () => {
    const stripes = grey([[0, 255, 0, 255, 0, 255, 0, 255]]);
    expect(rows(images.resize(stripes, { height: 1, width: 2 }))).toEqual([[128, 128]]);
    expect(rows(images.resize(grey([[0, 200]]), { height: 1, width: 4 }))).toEqual([[0, 50, 150, 200]]);
  });

  it('takes sets, and keeps labels, names and white', () => {
    const larger = images.resize(set(), { height: 4, width: 4, kind: 'nearest' });
    expectTypeOf(larger).toEqualTypeOf<data.images.ImageSet>();
    expect([larger.count, larger.height, larger.white, larger.labels, larger.names]).toEqual([
      2,
      4,
      16,
      [0, 1],
      ['x', 'y'],
    ]);
    expect([...larger.pixels.subarray(16, 20)]).toEqual([5, 5, 6, 6]);
  });
});

describe('crop, flip, rotate, shift', () => {
  const picture = grey([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('crop takes a part', () => {
    expect(rows(images.crop(picture, { top: 0, left: 1, height: 2, width: 2 }))).toEqual([
      [2, 3],
      [5, 6],
    ]);
    expect(rows(images.cropSquare(picture))).toEqual([
      [1, 2],
      [4, 5],
    ]);
    expect(images.cropSquare(colour)).toMatchObject({ height: 13, width: 13, channels: 3 });
    expect([...images.crop(colour, { top: 2, left: 3, height: 1, width: 1 }).pixels]).toEqual(
      golden.png.rgb.pixels.slice((2 * 17 + 3) * 3, (2 * 17 + 4) * 3),
    );
    expect(thrown(() => images.crop(picture, { top: 1, left: 0, height: 2, width: 1 })).message).toBe(
      'crop({ top }): expected a whole number from 0 to 0, received 1.',
    );
  });

  it('flip mirrors', () => {
    expect(rows(images.flip(picture, 'horizontal'))).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ]);
    expect(rows(images.flip(picture, 'vertical'))).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ]);
    expect(images.flip(images.flip(colour, 'horizontal'), 'horizontal').pixels).toEqual(colour.pixels);
    // @ts-expect-error: no such direction
    expect(thrown(() => images.flip(picture, 'horizontaly')).hint).toBe("Did you mean 'horizontal'?");
  });

  it('shift moves, and fills with the edge or a brightness', () => {
    expect(rows(images.shift(picture, { x: 1 }))).toEqual([
      [1, 1, 2],
      [4, 4, 5],
    ]);
    expect(rows(images.shift(picture, { x: 1, y: 1 }, { fill: 9 }))).toEqual([
      [9, 9, 9],
      [9, 1, 2],
    ]);
    expect(rows(images.shift(picture, { x: 0.5 }))[0]).toEqual(
      [1, 2, 3].map((v, i, all) => Math.round((v + (all[i - 1] ?? v)) / 2)),
    );
    expect(images.shift(picture, {}).pixels).toEqual(picture.pixels);
  });

  it('quarter turns are those of numpy', () => {
    expect([...turned(colour, 1).pixels]).toEqual(golden.rotated);
    expect(turned(turned(colour, 1), 3).pixels).toEqual(colour.pixels);
    expect(turned(colour, 2).pixels).toEqual(flipped(flipped(colour, 'vertical'), 'horizontal').pixels);
  });

  it('rotate turns clockwise', () => {
    const square = images.cropSquare(colour);
    const quarter = images.rotate(square, 90);
    const half = images.rotate(images.rotate(square, 90), 90);
    expect(half.pixels).toEqual(images.rotate(square, 180).pixels);
    expect(images.rotate(square, 360).pixels).toEqual(square.pixels);
    // Upper left goes to upper right.
    expect([...quarter.pixels.subarray(12 * 3, 13 * 3)]).toEqual([...square.pixels.subarray(0, 3)]);
    const there = images.rotate(images.rotate(soft, 10), -10);
    const middle = (16 * 40 + 20) * 3;
    for (let c = 0; c < 3; c++) expect(Math.abs(there.pixels[middle + c]! - soft.pixels[middle + c]!)).toBeLessThan(8);
  });

  it('take sets: fill is as bright as on any picture', () => {
    const moved = images.shift(set(), { x: 1 }, { fill: 255 });
    expect([...moved.pixels]).toEqual([16, 1, 16, 3, 16, 5, 16, 7]);
    expect([...set().pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('explain what they cannot do', () => {
    expect(thrown(() => images.rotate(data.load('photos') as never, 3))).toEqual({
      message: 'rotate(picture): expected a picture or an image set, received a promise.',
      hint: "Wait for it: await data.load('photos').",
    });
    const tensor = tf.zeros([2, 2]);
    expect(thrown(() => images.flip(tensor as never, 'vertical'))).toEqual({
      message: 'flip(picture): expected a picture or an image set, received a tensor of shape [2, 2].',
      hint: 'data.images.fromTensor makes a picture of a tensor.',
    });
    tensor.dispose();
  });
});

describe('toGrey, flatten', () => {
  it('are as bright as the eye finds it', () => {
    images.toGrey(colour).pixels.forEach((value, i) => {
      expect(Math.abs(value - golden.luma[i]!)).toBeLessThanOrEqual(1);
    });
    expect(images.toGrey(picture4()).channels).toBe(2);
    expect(images.toGrey(grey([[1]])).pixels).toEqual(Uint8Array.of(1));
  });

  const picture4 = () =>
    images.image({ pixels: Uint8Array.of(200, 100, 0, 128, 9, 9, 9, 0), height: 1, width: 2, channels: 4 });

  it('put what lies behind', () => {
    expect([...images.flatten(picture4()).pixels]).toEqual([227, 177, 127, 255, 255, 255]);
    expect([...images.flatten(picture4(), [0, 0, 255]).pixels.subarray(3)]).toEqual([0, 0, 255]);
    expect(images.flatten(colour).pixels).toEqual(colour.pixels);
  });
});

describe('augment', () => {
  const all = {
    flip: 'horizontal',
    shift: 0.2,
    rotate: 20,
    zoom: 0.1,
    brightness: 0.2,
    contrast: 0.3,
    noise: 0.05,
  } as const;
  let clothes: data.images.ImageSet;
  beforeAll(async () => {
    clothes = (await data.load('fashion-mnist')).test.take(Array.from({ length: 40 }, (_, i) => i));
  });

  it('is the same for the same seed only, and leaves the set as it was', () => {
    const before = clothes.pixels.slice();
    const once = images.augment(clothes, { ...all, seed: 1 });
    expect(images.augment(clothes, { ...all, seed: 1 }).pixels).toEqual(once.pixels);
    expect(images.augment(clothes, { ...all, seed: 2 }).pixels).not.toEqual(once.pixels);
    expect(clothes.pixels).toEqual(before);
    expect(once.labels).toEqual(clothes.labels);
  });

  it('changes each picture in its own way, whatever set it is in', () => {
    const twins = clothes.take([3, 3]);
    const { pixels } = images.augment(twins, { ...all, seed: 4 });
    expect(pixels.subarray(0, 784)).not.toEqual(pixels.subarray(784));
    expect(images.augment(clothes.take([3]), { ...all, seed: 4 }).pixels).toEqual(pixels.subarray(0, 784));
  });

  it('mirrors about half of them, and nothing else', () => {
    const { pixels } = images.augment(clothes, { flip: 'horizontal', seed: 3 });
    const mirrored = images.flip(clothes, 'horizontal').pixels;
    const part = (source: Uint8Array, i: number) => Buffer.from(source.subarray(i * 784, (i + 1) * 784));
    let count = 0;
    for (let i = 0; i < 40; i++) {
      const isMirrored = part(pixels, i).equals(part(mirrored, i));
      expect(isMirrored || part(pixels, i).equals(part(clothes.pixels, i))).toBe(true);
      if (isMirrored) count++;
    }
    expect(count).toBeGreaterThan(8);
    expect(count).toBeLessThan(32);
  });

  it('keeps each change within its bounds', () => {
    const flat = images.imageSet({
      pixels: new Uint8Array(50 * 64).fill(100),
      height: 8,
      width: 8,
      channels: 1,
      labels: new Array(50).fill(0),
      classes: ['grey'],
    });
    const brighter = images.augment(flat, { brightness: 0.1, seed: 1 });
    for (const value of brighter.pixels) expect(Math.abs(value - 100)).toBeLessThanOrEqual(26);
    expect(new Set(brighter.pixels).size).toBeGreaterThan(20);
    expect(images.augment(flat, { shift: 0.3, rotate: 90, zoom: 0.5, seed: 1 }).pixels).toEqual(flat.pixels);
    expect(images.augment(flat, {}).pixels).toEqual(flat.pixels);
    const { pixels } = images.augment(flat, { noise: 0.05, seed: 1 });
    const deviation = Math.sqrt(pixels.reduce((sum, value) => sum + (value - 100) ** 2, 0) / pixels.length);
    expect(deviation / 255).toBeCloseTo(0.05, 2);
    const shifted = images.augment(grey([[0, 0, 255, 0, 0]]), { shift: 0.2, fill: 0, seed: 5 });
    const centre =
      shifted.pixels.reduce((sum, value, x) => sum + value * x, 0) / shifted.pixels.reduce((a, b) => a + b);
    expect(Math.abs(centre - 2)).toBeLessThanOrEqual(1);
  });

  it('switching one change on leaves the others as they were', () => {
    const moved = images.augment(clothes, { shift: 0.2, seed: 6 });
    const both = images.augment(clothes, { shift: 0.2, brightness: 0.0001, seed: 6 });
    expect(both.pixels).toEqual(moved.pixels);
  });

  it('explains what it cannot do', () => {
    const augmenting = (options: object) => thrown(() => images.augment(clothes, options));
    expect(augmenting({ shift: 3 })).toEqual({
      message: 'augment(pictures, options): shift: expected a number from 0 to 1, received 3.',
      hint: 'It is a share: 0.1 is a tenth.',
    });
    expect(augmenting({ rotation: 3 }).message).toContain("received 'rotation'");
    expect(augmenting({ flip: 'both' }).message).toContain("expected one of 'horizontal', 'vertical'");
  });
});

describe('fromTensor, sheet', () => {
  it('make pictures of tensors, which stay the caller’s', () => {
    const before = tf.memory().numTensors;
    const tensor = tf.tensor2d([
      [0, 0.5],
      [1, 2],
    ]);
    expect(rows(images.fromTensor(tensor))).toEqual([
      [0, 128],
      [255, 255],
    ]);
    expect(rows(images.fromTensor(tensor, { range: 'stretch' }))).toEqual([
      [0, 64],
      [128, 255],
    ]);
    const flat = tf.fill([1, 1, 3], 7);
    expect([...images.fromTensor(flat as tf.Tensor, { range: 'stretch' }).pixels]).toEqual([0, 0, 0]);
    tf.dispose([tensor, flat]);
    const photo = colour.tensor();
    expect(images.fromTensor(photo).pixels).toEqual(colour.pixels);
    photo.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('put pictures side by side', () => {
    const sheet = images.sheet(set(), { columns: 2, gap: 1 });
    // Each pixel is drawn 20 by 20, so that a picture of 2 × 2 can be seen.
    expect([sheet.height, sheet.width]).toEqual([40, 81]);
    expect(sheet.pixels[0]).toBe(16);
    expect(sheet.pixels[80]).toBe(Math.round((6 * 255) / 16));
    expect(sheet.pixels[40]).toBe(128);
    const tensor = tf.zeros([5, 40, 40, 3]) as tf.Tensor4D;
    expect(images.sheet(tensor)).toMatchObject({ height: 82, width: 124, channels: 3 });
    expect(images.sheet(tensor, { positions: [4], gap: 0 })).toMatchObject({ height: 40, width: 40 });
    expect(thrown(() => images.sheet(tensor, { positions: [5] })).message).toContain('from 0 to 4, received 5');
    expect(thrown(() => images.fromTensor(tensor)).hint).toBe('Several pictures: data.images.sheet(tensor).');
    tensor.dispose();
    expect(thrown(() => images.sheet(set().take([]))).message).toContain('at least one picture');
  });
});
