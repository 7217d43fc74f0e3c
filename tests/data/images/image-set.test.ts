import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { thrown } from '../fixtures.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/datasets.json', import.meta.url), 'utf8'));

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const checks = () =>
  data.images.imageSet({
    pixels: Uint8Array.of(255, 0, 0, 51, 0, 255),
    height: 1,
    width: 2,
    channels: 1,
    labels: [0, 1, 1],
    classes: ['left', 'right'],
    names: ['a', 'b', 'c'],
  });

const meanByClass = ({ pixels, labels, classes, white }: data.images.ImageSet) => {
  const size = pixels.length / labels.length;
  const sums = new Float64Array(classes.length);
  pixels.forEach((value, i) => {
    const label = labels[Math.floor(i / size)]!;
    sums[label] = sums[label]! + value;
  });
  const members = (label: number) => labels.filter(other => other === label).length;
  return Array.from(sums, (sum, label) => sum / (white * size * members(label)));
};
const near = (values: number[]) => values.map(value => expect.closeTo(value, 9));

describe('loaded image sets', () => {
  it('digits are those of scikit-learn', async () => {
    const digits = await data.load('digits');
    expect([digits.count, digits.height, digits.width, digits.channels, digits.white]).toEqual([1797, 8, 8, 1, 16]);
    expect(digits.labels.slice(0, 20)).toEqual(golden.digits.labels);
    expect(digits.matrix()[0]).toEqual(golden.digits.first.map((value: number) => value / 16));
    expect(digits.pixels.reduce((sum, value) => sum + value, 0)).toBe(golden.digits.sum);
    expect(meanByClass(digits)).toEqual(near(golden.digits.meanByClass));
  });

  it.each(['train', 'test'] as const)('fashion-mnist, %s: what numpy reads, each class as often', async part => {
    const set = (await data.load('fashion-mnist'))[part];
    const found = golden[`fashion-mnist/${part}`];
    expect([set.count, set.height, set.width]).toEqual(found.shape);
    expect(set.count).toBe(data.catalogue['fashion-mnist'].parts[part].count);
    expect(set.labels.slice(0, 20)).toEqual(found.labels);
    expect([...set.pixels.subarray(-784)]).toEqual(found.last);
    expect(meanByClass(set)).toEqual(near(found.meanByClass));
    for (let label = 0; label < 10; label++)
      expect(set.labels.filter(other => other === label)).toHaveLength(set.count / 10);
  });

  it('emoji: the same names by two hands, on white', async () => {
    const { google, twitter } = await data.load('emoji');
    expect([google.count, google.height, google.width, google.channels]).toEqual([496, 64, 64, 3]);
    expect(twitter.names).toEqual(google.names);
    expect(twitter.labels).toEqual(google.labels);
    const tiger = google.names!.indexOf('tiger2');
    expect(google.classes[google.labels[tiger]!]).toBe('animals');
    expect([...google.image(tiger).pixels.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(google.image(tiger).pixels).not.toEqual(twitter.image(tiger).pixels);
  });

  it('photos have the sizes of the catalogue', async () => {
    const photos = await data.load('photos');
    for (const [name, { height, width }] of Object.entries(data.catalogue.photos.photos))
      expect(photos[name as keyof typeof photos]).toMatchObject({ height, width, channels: 3 });
  });
});

describe('imageSet', () => {
  it('gives tensors and rows from 0 to 1', () => {
    const before = tf.memory().numTensors;
    const set = checks();
    const tensor = set.tensor();
    expect([tensor.shape, tensor.dtype]).toEqual([[3, 1, 2, 1], 'float32']);
    expect([...tensor.dataSync()]).toEqual([1, 0, 0, expect.closeTo(0.2, 6), 0, 1]);
    expect(set.matrix()).toEqual([
      [1, 0],
      [0, 0.2],
      [0, 1],
    ]);
    tensor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('prepares for train.fit, flat or not', () => {
    const before = tf.memory().numTensors;
    const prepared = checks().prepare();
    expect([prepared.x.shape, prepared.y.dtype, prepared.classes]).toEqual([[3, 1, 2, 1], 'int32', ['left', 'right']]);
    expect([...prepared.y.dataSync()]).toEqual([0, 1, 1]);
    const flat = checks().prepare({ flat: true });
    expect(flat.x.shape).toEqual([3, 2]);
    prepared.dispose();
    flat.dispose();
    expect(tf.memory().numTensors).toBe(before);
    // @ts-expect-error: no such option
    expect(thrown(() => checks().prepare({ flatt: true })).hint).toBe("Did you mean 'flat'?");
  });

  it('takes some, in the order asked for, and leaves the set as it was', () => {
    const set = checks();
    const taken = set.take([2, 0]);
    expect([[...taken.pixels], taken.labels, taken.names]).toEqual([
      [0, 255, 255, 0],
      [1, 0],
      ['c', 'a'],
    ]);
    taken.pixels.fill(7);
    expect(set.pixels[0]).toBe(255);
    expect(thrown(() => set.take([3])).message).toBe(
      'take(positions): expected a whole number from 0 to 2, received 3.',
    );
  });

  it('gives one picture, as bright as any', () => {
    const set = data.images.imageSet({ ...checks(), pixels: Uint8Array.of(16, 0, 8, 4, 0, 2), white: 16 });
    expect([...set.image(1).pixels]).toEqual([128, 64]);
    expect(thrown(() => set.image(-1)).message).toContain('from 0 to 2, received -1.');
  });

  it('shows examples of each class', async () => {
    const bundle = (await checks()[DISPLAY]()) as Record<string, string>;
    expect(bundle['text/plain']).toBe('3 images of 2 × 1 pixels, grey: left 1, right 2');
    const picture = decode(Buffer.from(bundle['image/png']!, 'base64'));
    // Two rows of 20 × 40 with a gap of 2; 12 places a row.
    expect([picture.width, picture.height]).toEqual([12 * 42 - 2, 2 * 22 - 2]);
    expect(String((await checks().take([])[DISPLAY]())['text/plain'])).toMatch(/^0 images/);
  });

  it('refuses what does not fit together', () => {
    const broken = (change: object) => thrown(() => data.images.imageSet({ ...checks(), ...change })).message;
    expect(broken({ pixels: new Uint8Array(5) })).toBe(
      'imageSet({ pixels }): expected a Uint8Array of 6 bytes for 3 labels, received a Uint8Array of 5.',
    );
    expect(broken({ labels: [0, 1, 2] })).toBe('imageSet({ labels }): expected class numbers from 0 to 1, received 2.');
    expect(broken({ names: ['a'] })).toBe('imageSet({ names }): expected 3 names, received 1.');
  });
});

describe('fromIdx', () => {
  const idx = (shape: number[], values: number[]) =>
    Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap(length => [0, 0, 0, length]), ...values]);

  it('reads the files that the loader reads', async () => {
    const files = ['images-idx3-ubyte.gz', 'labels-idx1-ubyte.gz'] as const;
    const [pictures, labels] = await Promise.all(files.map(name => data.file('digits', name)));
    const set = data.images.fromIdx(pictures!, labels!);
    const digits = await data.load('digits');
    expect(set.pixels).toEqual(digits.pixels);
    expect([set.labels, set.classes]).toEqual([digits.labels, digits.classes]);
  });

  it('takes files that are not packed, and names of classes', () => {
    const set = data.images.fromIdx(idx([2, 1, 2], [1, 2, 3, 4]), idx([2], [1, 0]), { classes: ['a', 'b'] });
    expect([set.count, set.height, set.width, [...set.pixels], set.labels]).toEqual([2, 1, 2, [1, 2, 3, 4], [1, 0]]);
  });

  it('explains what does not fit', () => {
    expect(thrown(() => data.images.fromIdx(idx([2], [1, 0]), idx([2], [1, 0]))).message).toBe(
      'fromIdx(images, labels): expected images of three axes (count, height, width), and as many labels, received shapes [2] and [2].',
    );
    expect(thrown(() => data.images.fromIdx(new Uint8Array(), idx([2], [1, 0]))).message).toContain(
      'received an empty file',
    );
  });
});

describe('image', () => {
  it('is a tensor from 0 to 1, and shows itself', async () => {
    const before = tf.memory().numTensors;
    const picture = data.images.image({ pixels: Uint8Array.of(0, 255), height: 1, width: 2, channels: 1 });
    const tensor = picture.tensor();
    expect([tensor.shape, [...tensor.dataSync()]]).toEqual([
      [1, 2, 1],
      [0, 1],
    ]);
    tensor.dispose();
    expect(tf.memory().numTensors).toBe(before);
    const bundle = (await picture[DISPLAY]()) as Record<string, string>;
    expect(bundle['text/plain']).toBe('Image of 2 × 1 pixels, grey');
    const shown = decode(Buffer.from(bundle['image/png']!, 'base64'));
    expect([shown.width, shown.height, shown.data[0], shown.data[127]]).toEqual([128, 64, 0, 255]);
  });

  it('refuses bytes that do not fill it', () => {
    const make = (change: object) =>
      thrown(() => data.images.image({ pixels: new Uint8Array(6), height: 1, width: 2, channels: 3, ...change }))
        .message;
    expect(make({ width: 3 })).toBe(
      'image({ pixels, height, width, channels }): expected a Uint8Array of 1 × 3 × 3 = 9 bytes, received a Uint8Array of 6.',
    );
    expect(make({ channels: 5 })).toBe('image({ channels }): expected 1, 2, 3 or 4, received 5.');
    expect(make({ height: 0 })).toBe('image({ height }): expected a whole number from 1, received 0.');
  });
});
