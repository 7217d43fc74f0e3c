/** Where an action may lead, and what it pays. */
export interface Outcome {
  probability: number;
  /** The number of the state. */
  next: number;
  reward: number;
  terminated: boolean;
}

/** A task that is known whole: states and actions are numbers, and it is told where each action leads. */
export interface TabularModel {
  states: number;
  actions: number;
  outcomes(state: number, action: number): readonly Outcome[];
}
