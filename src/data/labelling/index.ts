/** Labels: how far people agree, what most of them mean, which labels are wrong, and which to ask for next. */
export { type Agreement, cohenKappa, fleissKappa, type GroupAgreement, type KappaOptions } from './agreement.ts';
export { type DawidSkene, type DawidSkeneOptions, dawidSkene } from './dawid-skene.ts';
export { krippendorffAlpha, type MeasurementLevel } from './krippendorff.ts';
export { type LabelError, type LabelErrorOptions, type LabelErrors, labelErrors } from './label-errors.ts';
export { type Majority, type MajorityOptions, majorityVote } from './majority.ts';
export type { Probabilities } from './probabilities.ts';
export { type PlantOptions, plantErrors, type SimulationOptions, simulateVotes } from './simulate.ts';
export { type SelectionOptions, selectUncertain, type UncertaintyKind, uncertainty } from './uncertainty.ts';
export type { Label, Votes } from './votes.ts';
