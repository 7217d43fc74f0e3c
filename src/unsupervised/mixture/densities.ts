import type { Dense } from '../../core/index.ts';
import { axisDensities } from './axes.ts';
import { fullDensities } from './full.ts';
import type { CovarianceKind, Densities } from './parts.ts';

/** `x` should have its mean near 0: differences of squares are taken. `regularisation` is added to each variance. */
export function densitiesOf(x: Dense, kind: CovarianceKind, regularisation: number): Densities {
  return kind === 'full' ? fullDensities(x, regularisation) : axisDensities(x, kind, regularisation);
}
