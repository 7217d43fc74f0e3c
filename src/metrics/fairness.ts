import { assertKeys } from '../core/index.ts';
import { assertLists, type Label, positives } from './check.ts';
import { type Calibration, calibration } from './probability.ts';

export interface FairnessOptions {
  /** The outcome that people want, such as a loan granted. Default 1, of 0 and 1. */
  positive?: Label;
}

export interface GroupRates {
  group: string;
  count: number;
  /** The share that was given the positive outcome. */
  selectionRate: number;
}

/** How far apart groups are: 0 and 1 are equal treatment. */
export interface Parity<Rates> {
  groups: Rates[];
  /** The highest rate minus the lowest, 0…1. */
  difference: number;
  /** The lowest rate over the highest, 0…1; the "four fifths rule" asks for 0.8. */
  ratio: number;
}

/**
 * Demographic parity: is every group given the positive outcome as often? It does not look at who deserves it.
 *
 * @example metrics.demographicParity([1, 0, 1, 1], ['young', 'young', 'old', 'old']).difference   // 0.5
 */
export function demographicParity(
  predicted: ArrayLike<Label>,
  groups: ArrayLike<Label>,
  options: FairnessOptions = {},
): Parity<GroupRates> {
  const where = 'demographicParity(predicted, groups)';
  assertLists(where, { predicted, groups });
  assertKeys('demographicParity(predicted, groups, options)', options, ['positive']);
  const given = positives(where, predicted, options.positive);
  const rates = byGroup(groups, members => ({ count: members.length, selectionRate: shareOf(given, members) }));
  return { groups: rates, ...spread(rates.map(({ selectionRate }) => selectionRate)) };
}

export interface GroupErrors extends GroupRates {
  /** Of those who deserve the positive outcome, the share that is given it; NaN where nobody does. */
  truePositiveRate: number;
  /** Of those who do not, the share that is given it all the same; NaN where everybody does. */
  falsePositiveRate: number;
}

export interface EqualisedOdds {
  groups: GroupErrors[];
  /** Equal opportunity: the highest true positive rate minus the lowest. */
  truePositiveDifference: number;
  falsePositiveDifference: number;
  /** The larger of the two. */
  difference: number;
}

/**
 * Equalised odds (Hardt, Price and Srebro, NeurIPS 2016): are the errors as frequent in every group?
 *
 * @example metrics.equalisedOdds([1, 0, 1, 0], [1, 0, 0, 0], ['a', 'a', 'b', 'b']).truePositiveDifference   // 1
 */
export function equalisedOdds(
  truth: ArrayLike<Label>,
  predicted: ArrayLike<Label>,
  groups: ArrayLike<Label>,
  options: FairnessOptions = {},
): EqualisedOdds {
  const where = 'equalisedOdds(truth, predicted, groups)';
  assertLists(where, { truth, predicted, groups });
  assertKeys('equalisedOdds(truth, predicted, groups, options)', options, ['positive']);
  const deserved = positives(where, truth, options.positive);
  const positive = options.positive ?? 1;
  const given = Array.from(predicted, label => label === positive);
  const rates = byGroup(groups, members => ({
    count: members.length,
    selectionRate: shareOf(given, members),
    truePositiveRate: shareOf(
      given,
      members.filter(member => deserved[member]),
    ),
    falsePositiveRate: shareOf(
      given,
      members.filter(member => !deserved[member]),
    ),
  }));
  const truePositiveDifference = spread(rates.map(rate => rate.truePositiveRate)).difference;
  const falsePositiveDifference = spread(rates.map(rate => rate.falsePositiveRate)).difference;
  return {
    groups: rates,
    truePositiveDifference,
    falsePositiveDifference,
    difference: Math.max(truePositiveDifference, falsePositiveDifference),
  };
}

/**
 * Calibration in each group: does 70 % mean the same for everybody? With different base rates it cannot hold together
 * with equalised odds (Kleinberg, Mullainathan and Raghavan, 2016).
 *
 * @example metrics.calibrationByGroup([1, 0, 1, 0], [0.9, 0.2, 0.6, 0.4], ['a', 'a', 'b', 'b'], { bins: 2 })
 */
export function calibrationByGroup(
  truth: ArrayLike<Label>,
  probabilities: ArrayLike<number>,
  groups: ArrayLike<Label>,
  options: FairnessOptions & { bins?: number } = {},
): ({ group: string; count: number } & Calibration)[] {
  const where = 'calibrationByGroup(truth, probabilities, groups)';
  assertLists(where, { truth, probabilities, groups });
  assertKeys('calibrationByGroup(truth, probabilities, groups, options)', options, ['positive', 'bins']);
  const isPositive = positives(where, truth, options.positive);
  return byGroup(groups, members => ({
    count: members.length,
    ...calibration(
      members.map(member => Number(isPositive[member])),
      members.map(member => probabilities[member]!),
      options.bins === undefined ? {} : { bins: options.bins },
    ),
  }));
}

/** What is found of the members of each group, by the group's name. */
function byGroup<T>(groups: ArrayLike<Label>, find: (members: number[]) => T): ({ group: string } & T)[] {
  const members = new Map<string, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const name = String(groups[i]);
    const known = members.get(name);
    if (known) known.push(i);
    else members.set(name, [i]);
  }
  const names = [...members.keys()].sort();
  return names.map(group => ({ group, ...find(members.get(group)!) }));
}

function shareOf(given: readonly boolean[], members: readonly number[]): number {
  return members.filter(member => given[member]).length / members.length;
}

/** A rate that nobody has is no rate. */
function spread(rates: readonly number[]): { difference: number; ratio: number } {
  const known = rates.filter(rate => !Number.isNaN(rate));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (known.length === 0) return { difference: Number.NaN, ratio: Number.NaN };
  return { difference: high - low, ratio: high === 0 ? 1 : low / high };
}
