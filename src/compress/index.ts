/** Smaller and cheaper: fewer bits, fewer weights, a smaller model that learned from a larger one; and what a model costs. */
export { type CostOptions, cost, type LayerCost, type ModelCost } from './cost.ts';
export { type DistilOptions, distil } from './distil.ts';
export { type Pruned, type PruneOptions, prune } from './prune.ts';
export { type Quantised, type QuantisedWeight, type QuantiseOptions, quantise } from './quantise.ts';
