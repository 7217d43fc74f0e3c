import type { ImagePartsDataset, ImagesDataset, PhotosDataset } from './dataset.ts';

export const digits = {
  kind: 'images',
  title: 'Handwritten digits, 8 × 8',
  source:
    'Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, via scikit-learn',
  licence: 'CC BY 4.0',
  files: {
    'images-idx3-ubyte.gz': 'c8bc39aaa8ef8425348f57ffbd138c7a0b2d8a8fd1f8ba12102ae76948fd91c5',
    'labels-idx1-ubyte.gz': '4f4438c723d9ab8cc7a5b5d41dbc3b7f5e4140c1840f394246470cd1fa9992e6',
  },
  count: 1797,
  height: 8,
  width: 8,
  channels: 1,
  white: 16,
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  faults: [
    {
      kind: 'range',
      count: 16,
      about: 'Brightness goes to 16, not to 255: each pixel counts the ink in a field of 4 × 4.',
    },
    {
      kind: 'dependence',
      about: '13 people wrote them and are not named: a random split has every hand in both parts.',
    },
    { kind: 'constant', count: 3, about: '3 pixels are 0 in all pictures: they cannot be standardised.' },
  ],
} as const satisfies ImagesDataset;

export const fashionMnist = {
  kind: 'image-parts',
  title: 'Clothes from a shop’s catalogue, 28 × 28 and grey',
  source: 'Xiao, Rasul and Vollgraf, Fashion-MNIST, 2017; the first 1,000 training and 200 test pictures of each class',
  licence: 'MIT',
  files: {
    'train-images-idx3-ubyte.gz': '13d4b0e6c4039fb6da49d54314a89ea48b5d5d468cce51c0d8247359cec44a2d',
    'train-labels-idx1-ubyte.gz': 'e43128c6977447b7333b70c2fed2047f0a5b2ef8fb5e5180a37380c179153040',
    'test-images-idx3-ubyte.gz': 'f4d915e94291f4bc73e56fab04ea9599dfa8654f8bd03c24e73db616e1933ea4',
    'test-labels-idx1-ubyte.gz': '02867bb9ac2eb01d57818359126fe0f142c48d6a688adc73daba5ff30c2dfb04',
  },
  parts: {
    train: { images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz', count: 10000 },
    test: { images: 'test-images-idx3-ubyte.gz', labels: 'test-labels-idx1-ubyte.gz', count: 2000 },
  },
  height: 28,
  width: 28,
  channels: 1,
  white: 255,
  classes: ['T-shirt', 'trousers', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
  faults: [
    {
      kind: 'coding',
      about: 'T-shirt, shirt, pullover and coat overlap: people too mistake about every sixth picture.',
    },
    { kind: 'bias', about: 'Shoes point to the left, and all things fill the frame: a model has seen no other.' },
  ],
} as const satisfies ImagePartsDataset;

export const emoji = {
  kind: 'image-parts',
  title: 'Emoji of six kinds, each drawn by two vendors, 64 × 64',
  source: 'Google, Noto Emoji; Twitter and other contributors, Twemoji; names from emoji-datasource',
  licence: 'Noto Emoji: Apache 2.0; Twemoji: CC BY 4.0; names: MIT',
  files: {
    'labels.csv': '1037baaea2fce7a6518a50ea8cf448355860749b5c589d356b59bfffa63ecc22',
    'google.png': '0e06ce08fe6935863b559b7eddf977663e5a82d51f9b49ae4fb8b07b438febb3',
    'twitter.png': '09517b7818091ed6713763a99f7878afa4574310d5e771634f58cb9b55b143f5',
  },
  parts: {
    google: { images: 'google.png', labels: 'labels.csv', count: 496 },
    twitter: { images: 'twitter.png', labels: 'labels.csv', count: 496 },
  },
  height: 64,
  width: 64,
  channels: 3,
  white: 255,
  classes: ['animals', 'buildings', 'clothing', 'faces', 'food', 'vehicles'],
  faults: [
    { kind: 'imbalance', count: 130, about: '130 are animals, 27 buildings.' },
    {
      kind: 'coding',
      about: 'Unicode’s own groups were taken: "wood" is a building, "seat" a vehicle, "gem" clothing.',
    },
    {
      kind: 'dependence',
      about: 'Many show nearly the same: dozens of faces, and each vehicle once from the side and once from the front.',
    },
  ],
} as const satisfies ImagePartsDataset;

export const photos = {
  kind: 'photos',
  title: 'Three real photos: a cat, a cup of coffee, an astronaut',
  source: 'Stéfan van der Walt (chelsea), Rachel Michetti (coffee), NASA (astronaut); via scikit-image',
  licence: 'CC0 1.0 (chelsea, coffee); public domain (astronaut)',
  files: {
    'chelsea.png': '596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb',
    'coffee.png': 'cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7',
    'astronaut.png': '88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5',
  },
  photos: {
    chelsea: { file: 'chelsea.png', height: 300, width: 451, about: 'a tabby cat’s face' },
    coffee: { file: 'coffee.png', height: 400, width: 600, about: 'a cup of espresso on a wooden table' },
    astronaut: { file: 'astronaut.png', height: 512, width: 512, about: 'Eileen Collins before a shuttle, 1999' },
  },
  faults: [{ kind: 'unknown', about: 'Three pictures show how a method works; they prove nothing.' }],
} as const satisfies PhotosDataset;
