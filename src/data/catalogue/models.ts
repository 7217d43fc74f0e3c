import type { ModelDataset } from './dataset.ts';

export const nanodet = {
  kind: 'model',
  title: 'NanoDet: a small detector of 80 kinds of things, trained on COCO',
  source: 'RangiLyu, NanoDet; converted to TensorFlow.js by Vladimir Mandic',
  licence: 'Apache 2.0 (weights); MIT (conversion)',
  files: {
    'nanodet.json': '4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d',
    'nanodet.bin': '5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9',
  },
  model: 'nanodet.json',
  parameters: 3786674,
  input: [1, 3, 416, 416],
  faults: [
    {
      kind: 'coding',
      about:
        'The files do not say how a picture goes in. NanoDet was trained on blue, green, red minus [103.53, 116.28, 123.675], divided by [57.375, 57.12, 58.395]; so the cup in the photo coffee scores 0.53, as red, green, blue only 0.37.',
    },
    { kind: 'range', about: 'Weights are stored in 16 bits: about three digits are right.' },
    { kind: 'bias', about: 'It knows the 80 kinds of COCO, as they look in photos from Flickr.' },
  ],
} as const satisfies ModelDataset;
