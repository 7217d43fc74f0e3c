/** Why a model says what it says: of tables and of pictures, from outside and from within. */
export { type Game, rowGame, wordGame } from './game.ts';
export { type GradCamOptions, gradCam } from './grad-cam.ts';
export { type LimeOptions, type LocalModel, lime } from './lime.ts';
export { type OcclusionOptions, occlusion } from './occlusion.ts';
export type { OutputOptions } from './output.ts';
export { type Dependence, type DependenceOptions, partialDependence } from './partial-dependence.ts';
export { type Importance, type PermutationOptions, permutationImportance } from './permutation-importance.ts';
export type { ScoreRows } from './predict.ts';
export { type IntegratedGradientsOptions, integratedGradients, saliency } from './saliency.ts';
export { type Attribution, type SampledAttribution, sampledShapley, shapley } from './shapley.ts';
