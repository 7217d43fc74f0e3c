// The real package computes natively as soon as it is imported: so here, with the engine that learnable chose.
import '../../dist/engine/index.js';
import tf from '@tensorflow/tfjs';

export * from '@tensorflow/tfjs';
export default tf;
