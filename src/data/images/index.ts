/** Pictures: bytes in, tensors out. */
export { type Channels, type Image, image, type Pixels } from './image.ts';
export { type ImageSet, imageSet, type LabelledPixels, type PreparedImages } from './image-set.ts';
export { encodePng } from './png.ts';
