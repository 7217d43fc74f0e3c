export { type LinearConfig, linear } from './linear.ts';
export { type Activation, type MlpConfig, mlp, type Task } from './mlp.ts';
export { type LayerSummary, type ModelSummary, summary } from './summary.ts';
