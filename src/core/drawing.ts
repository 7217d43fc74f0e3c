import type { LayersModel } from '@tensorflow/tfjs';

/**
 * A layer that draws random numbers while it trains, such as dropout. It counts its draws: the seed and the count
 * decide the next one, so that training that is interrupted can go on with the same numbers.
 */
export interface DrawingLayer {
  draws: number;
}

/** Those layers of a model, also of models inside it, in order. */
export function drawingLayers(model: LayersModel): DrawingLayer[] {
  const found: DrawingLayer[] = [];
  for (const layer of model.layers as unknown as (Partial<DrawingLayer> & { layers?: unknown })[]) {
    if (Array.isArray(layer.layers)) found.push(...drawingLayers(layer as unknown as LayersModel));
    else if (typeof layer.draws === 'number') found.push(layer as DrawingLayer);
  }
  return found;
}
