/** What TensorFlow.js keeps of the calls that are under way, as far as we touch it. */
interface TensorEngine {
  state: { scopeStack: unknown[]; gradientDepth: number; kernelDepth: number; activeTape: unknown };
  endScope(): void;
}

interface Depths {
  scopes: number;
  gradients: number;
}

/** Where TensorFlow.js is when no cell runs: normally in no `tidy` and in no gradient. Undefined when it is not loaded. */
export function tensorDepths(): Depths | undefined {
  const state = engine()?.state;
  return state && { scopes: state.scopeStack.length, gradients: state.gradientDepth };
}

/**
 * Closes what a termination left open, as it runs no `finally`: the tensors of an open `tidy` are disposed, and later ones
 * belong to no tape and no scope of the cell that was stopped.
 */
export function closeTensorScopes({ scopes, gradients }: Depths = { scopes: 0, gradients: 0 }): void {
  const found = engine();
  if (!found) return;
  const { state } = found;
  while (state.scopeStack.length > scopes) found.endScope();
  state.kernelDepth = 0;
  state.gradientDepth = Math.min(state.gradientDepth, gradients);
  if (state.gradientDepth === 0) state.activeTape = null;
}

/** It keeps itself on `globalThis`, so that its packages share it. */
function engine(): TensorEngine | undefined {
  return (globalThis as { _tfengine?: TensorEngine })._tfengine;
}
