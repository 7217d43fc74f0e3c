/** From what a network has learned already to a new task. */
export { type Backbone, type CutOptions, cut } from './backbone.ts';
export { type DownloadOptions, download } from './download.ts';
export { type ExtractOptions, extract } from './extract.ts';
export { freeze, type HeadOptions, type LayerRateOptions, layerRates, newHead, unfreeze } from './fine-tune.ts';
export { type Forgetting, forgetting } from './forgetting.ts';
export { type NanodetOptions, nanodet } from './nanodet.ts';
