export { type OptimizerConfig, ruleOf } from './config.ts';
export { isRuleOptimizer, type Memory, optimizer, RuleOptimizer } from './optimizer.ts';
export type { Numbers, Rule } from './rule.ts';
