import * as tf from '@tensorflow/tfjs';
import { type OptimizerConfig, ruleOf } from './config.ts';
import type { Rule } from './rule.ts';

/** What a rule remembers of one variable. */
export type Memory = Record<string, Float32Array>;

/** A rule as an optimiser of tfjs: `model.compile` and `minimize` take it too. */
export class RuleOptimizer extends tf.Optimizer {
  static className = 'RuleOptimizer';
  readonly config: OptimizerConfig;
  readonly rule: Rule;
  /** May be changed between steps: schedules do. */
  learningRate: number;
  /** How many steps it has made. */
  steps = 0;
  /** By the variable's name. */
  readonly memory = new Map<string, Memory>();

  constructor(config: OptimizerConfig) {
    super();
    const { rule, learningRate } = ruleOf('optimizer', config);
    this.config = { ...config };
    this.rule = rule;
    this.learningRate = learningRate;
  }

  override applyGradients(gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[]): void {
    const entries = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    this.steps++;
    for (const [name, gradient] of entries) {
      const variable = tf.engine().registeredVariables[name];
      if (variable && gradient) this.#follow(variable, gradient);
    }
    this.incrementIterations();
  }

  #follow(variable: tf.Variable, gradient: tf.Tensor): void {
    // A copy: some backends hand out the very numbers of the variable, and of all that share them.
    const weights = variable.dataSync().slice() as Float32Array;
    const memory = this.memoryOf(variable.name, weights.length);
    this.rule.update(weights, gradient.dataSync() as Float32Array, memory, this.learningRate, this.steps);
    const changed = tf.tensor(weights, variable.shape);
    variable.assign(changed);
    changed.dispose();
  }

  /** Zeros before the first step. */
  memoryOf(name: string, size: number): Memory {
    let memory = this.memory.get(name);
    if (!memory) {
      memory = Object.fromEntries(this.rule.slots.map(slot => [slot, new Float32Array(size)]));
      this.memory.set(name, memory);
    }
    return memory;
  }

  override dispose(): void {
    this.memory.clear();
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.config };
  }
}

/** Not by `instanceof`, which tfjs lets every optimiser pass. */
export function isRuleOptimizer(optimizer: tf.Optimizer): optimizer is RuleOptimizer {
  return 'rule' in optimizer;
}

/**
 * An optimiser from its config, written by hand to be read: `src/train/optimisers`. Its steps are those of tfjs's
 * optimisers of the same name, and it can stand for one in `model.compile`.
 *
 * @example
 * const adam = train.optimizer({ kind: 'adam', learningRate: 1e-2 });
 */
export function optimizer(config: OptimizerConfig): RuleOptimizer {
  return new RuleOptimizer(config);
}
