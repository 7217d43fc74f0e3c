import { assertKeys, assertNumber, assertOneOf } from '../../core/index.ts';
import { adam } from './adam.ts';
import { momentum } from './momentum.ts';
import { rmsprop } from './rmsprop.ts';
import type { Rule } from './rule.ts';
import { sgd } from './sgd.ts';

/** How weights follow their gradients. `learningRate` defaults to 0.01, that of the last three to 0.001. */
export type OptimizerConfig =
  | { kind: 'sgd'; learningRate?: number }
  /** `momentum` defaults to 0.9. */
  | { kind: 'momentum'; learningRate?: number; momentum?: number; nesterov?: boolean }
  /** The same as momentum with `nesterov: true`. */
  | { kind: 'nesterov'; learningRate?: number; momentum?: number }
  /** `decay` defaults to 0.9, `momentum` to 0, `epsilon` to 1e-7. */
  | { kind: 'rmsprop'; learningRate?: number; decay?: number; momentum?: number; epsilon?: number }
  /** `beta1` defaults to 0.9, `beta2` to 0.999, `epsilon` to 1e-7. */
  | { kind: 'adam'; learningRate?: number; beta1?: number; beta2?: number; epsilon?: number }
  /** As Adam; `weightDecay` defaults to 0.01. */
  | {
      kind: 'adamw';
      learningRate?: number;
      beta1?: number;
      beta2?: number;
      epsilon?: number;
      weightDecay?: number;
    };

const KEYS = {
  sgd: ['kind', 'learningRate'],
  momentum: ['kind', 'learningRate', 'momentum', 'nesterov'],
  nesterov: ['kind', 'learningRate', 'momentum'],
  rmsprop: ['kind', 'learningRate', 'decay', 'momentum', 'epsilon'],
  adam: ['kind', 'learningRate', 'beta1', 'beta2', 'epsilon'],
  adamw: ['kind', 'learningRate', 'beta1', 'beta2', 'epsilon', 'weightDecay'],
} as const;

/** Checks a config, and gives its rule and its learning rate. */
export function ruleOf(where: string, config: OptimizerConfig): { rule: Rule; learningRate: number } {
  assertKeys(where, config, KEYS[config?.kind] ?? ['kind', 'learningRate']);
  assertOneOf(`${where}.kind`, config.kind, Object.keys(KEYS) as OptimizerConfig['kind'][]);
  const adaptive = config.kind === 'rmsprop' || config.kind === 'adam' || config.kind === 'adamw';
  const learningRate = config.learningRate ?? (adaptive ? 0.001 : 0.01);
  assertNumber(`${where}.learningRate`, learningRate, { min: 0, aboveMin: true });
  for (const key of ['momentum', 'decay', 'beta1', 'beta2', 'epsilon', 'weightDecay'] as const) {
    const value = (config as Record<string, unknown>)[key];
    if (value !== undefined) assertNumber(`${where}.${key}`, value, { min: 0, max: 1 });
  }
  return { rule: makeRule(config), learningRate };
}

function makeRule(config: OptimizerConfig): Rule {
  switch (config.kind) {
    case 'sgd':
      return sgd();
    case 'momentum':
      return momentum({ momentum: config.momentum ?? 0.9, nesterov: config.nesterov ?? false });
    case 'nesterov':
      return momentum({ momentum: config.momentum ?? 0.9, nesterov: true });
    case 'rmsprop': {
      const { decay = 0.9, momentum: share = 0, epsilon = 1e-7 } = config;
      return rmsprop({ decay, momentum: share, epsilon });
    }
    case 'adam':
    case 'adamw': {
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = config;
      const weightDecay = config.kind === 'adamw' ? (config.weightDecay ?? 0.01) : 0;
      return adam({ beta1, beta2, epsilon, weightDecay });
    }
  }
}
