/** Pictures: bytes in, tensors out. Verbs take a picture or an image set, and give a new one. */
export type { Background } from './alpha.ts';
export { type AugmentOptions, augment } from './augment.ts';
export { decode, read } from './decode.ts';
export type { Pictures } from './each.ts';
export { fromIdx, type IdxOptions } from './from-idx.ts';
export type { Box, Fill, FlipDirection } from './geometry.ts';
export { type Channels, type Image, image, type Pixels } from './image.ts';
export { type ImageSet, imageSet, type LabelledPixels, type PreparedImages } from './image-set.ts';
export { encodePng } from './png.ts';
export type { ResizeKind } from './resample.ts';
export { crop, cropSquare, flatten, flip, type ResizeOptions, resize, toGrey } from './shape.ts';
export { type FromTensorOptions, fromTensor, type SheetOptions, sheet } from './show.ts';
export { rotate, shift, type TransformOptions } from './transform.ts';
