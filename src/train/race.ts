import { assertInteger, assertKeys, assertOneOf, describe, mismatch } from '../core/index.ts';
import { type OptimizerConfig, ruleOf } from './optimisers/index.ts';
import { type Surface, surfaces } from './surfaces.ts';

export interface RaceOptions {
  /** One of ours by name, or one of your own. Default 'beale'. */
  surface?: keyof typeof surfaces | Surface;
  /** By the names that the picture shows. */
  optimizers: Readonly<Record<string, OptimizerConfig>>;
  /** Default 100. */
  steps?: number;
  /** Default: that of the surface. */
  start?: readonly [x: number, y: number];
}

export interface Race {
  surface: Surface;
  /** For each optimiser: where it was after 0, 1, 2, … steps. It ends early where it left all numbers behind. */
  runs: { name: string; x: number[]; y: number[]; losses: number[] }[];
}

/**
 * Optimisers go downhill on the same function of two numbers, from the same place.
 *
 * @example
 * const race = train.race({ surface: 'ravine', optimizers: {
 *   SGD: { kind: 'sgd', learningRate: 0.9 }, momentum: { kind: 'momentum', learningRate: 0.1 },
 * } });
 * show(plot.race(race));
 */
export function race(options: RaceOptions): Race {
  const where = 'train.race';
  assertKeys(`${where}(options)`, options, ['surface', 'optimizers', 'steps', 'start']);
  const { steps = 100, optimizers } = options;
  const surface = surfaceOf(where, options.surface ?? 'beale');
  assertInteger(`${where}({ steps })`, steps, { min: 1 });
  const names = optimizers !== null && typeof optimizers === 'object' ? Object.keys(optimizers) : [];
  if (names.length === 0)
    throw mismatch({
      where: `${where}({ optimizers })`,
      expected: "configs by name, such as { Adam: { kind: 'adam', learningRate: 0.1 } }",
      received: describe(optimizers),
    });
  const start = options.start ?? surface.start;
  const runs = names.map(name => ({ name, ...descend(`${where}, ${name}`, surface, optimizers[name]!, start, steps) }));
  return { surface, runs };
}

function descend(
  where: string,
  { value, gradient }: Surface,
  config: OptimizerConfig,
  start: readonly [number, number],
  steps: number,
): { x: number[]; y: number[]; losses: number[] } {
  const { rule, learningRate } = ruleOf(where, config);
  const point = Float64Array.from(start);
  const memory = Object.fromEntries(rule.slots.map(slot => [slot, new Float64Array(2)]));
  const run = { x: [point[0]!], y: [point[1]!], losses: [value(point[0]!, point[1]!)] };
  for (let step = 1; step <= steps; step++) {
    rule.update(point, Float64Array.from(gradient(point[0]!, point[1]!)), memory, learningRate, step);
    const loss = value(point[0]!, point[1]!);
    if (!Number.isFinite(loss)) break;
    run.x.push(point[0]!);
    run.y.push(point[1]!);
    run.losses.push(loss);
  }
  return run;
}

function surfaceOf(where: string, given: keyof typeof surfaces | Surface): Surface {
  if (typeof given === 'object' && typeof given?.value === 'function' && typeof given.gradient === 'function')
    return given;
  assertOneOf(`${where}({ surface })`, given, Object.keys(surfaces) as (keyof typeof surfaces)[]);
  return surfaces[given];
}
