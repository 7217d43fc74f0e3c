import type { LayersModel } from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber } from '../core/index.ts';
import type { Act } from './agent.ts';
import type { Environment } from './environment.ts';
import { evaluate } from './play.ts';
import type { Discrete, Space } from './spaces.ts';

export interface EpisodeEnd {
  /** From 0. */
  episode: number;
  /** The sum of its rewards. */
  return: number;
  /** Steps of the training so far. */
  step: number;
}

/** What every agent with a network takes. */
export interface DeepOptions {
  /** Steps in the environment. */
  steps?: number;
  /** Units of the hidden layers. Default [64, 64]. */
  hidden?: readonly number[];
  /** What a reward is worth a step later. Default 0.99. */
  discount?: number;
  learningRate?: number;
  seed?: number;
  /** Try the agent without exploring now and then, and keep the best one that was seen. */
  evaluation?: EvaluationOptions;
  /** Called after each episode; `false` ends the training. */
  onEpisode?: (episode: EpisodeEnd) => unknown;
  /** Ends the training at the next step; what was learned is kept. A notebook's stop button does it too. */
  signal?: AbortSignal;
}

export interface EvaluationOptions {
  /** After so many steps, at the end of an episode. Default 2000. */
  every?: number;
  /** Default 20. */
  episodes?: number;
  /** Training ends when the mean return is at least this. */
  enough?: number;
}

/** An agent that has learned; the caller disposes it. */
export interface DeepAgent<O extends Space = Space> {
  /** The best action that it knows, without exploring. */
  act: Act<O, Discrete>;
  /** Observation → the value or the logit of each action. (batch, width) → (batch, actions) */
  readonly model: LayersModel;
  /** The sum of rewards of each episode of the training, explorations included. */
  readonly returns: readonly number[];
  /** Mean returns without exploring, if `evaluation` was asked for. */
  readonly evaluations: readonly { step: number; mean: number }[];
  readonly steps: number;
  readonly seed: number;
  dispose(): void;
}

export const DEEP_OPTIONS = [
  'steps',
  'hidden',
  'discount',
  'learningRate',
  'seed',
  'evaluation',
  'onEpisode',
  'signal',
];

/** Tries the agent between its episodes, and keeps a copy of the best. */
export class Evaluator<O extends Space> {
  readonly evaluations: { step: number; mean: number }[] = [];
  #world: Environment<O, Discrete>;
  #act: Act<O, Discrete>;
  #model: LayersModel;
  #best: { mean: number; weights: ReturnType<LayersModel['getWeights']> } | undefined;
  #options: Required<EvaluationOptions> | undefined;
  #due: number;

  constructor(
    where: string,
    world: Environment<O, Discrete>,
    model: LayersModel,
    act: Act<O, Discrete>,
    options: EvaluationOptions | undefined,
  ) {
    [this.#world, this.#model, this.#act] = [world, model, act];
    if (options) {
      assertKeys(`${where}({ evaluation })`, options, ['every', 'episodes', 'enough']);
      const { every = 2000, episodes = 20, enough = Number.POSITIVE_INFINITY } = options;
      assertInteger(`${where}({ evaluation: { every } })`, every, { min: 1 });
      assertInteger(`${where}({ evaluation: { episodes } })`, episodes, { min: 1 });
      if (options.enough !== undefined) assertNumber(`${where}({ evaluation: { enough } })`, enough);
      this.#options = { every, episodes, enough };
    }
    this.#due = this.#options?.every ?? Number.POSITIVE_INFINITY;
  }

  /** Between two episodes; true when the agent is good enough. */
  look(step: number): boolean {
    if (!this.#options || step < this.#due) return false;
    this.#due = step + this.#options.every;
    const { mean } = evaluate(this.#world, this.#act, { episodes: this.#options.episodes, seed: step });
    this.evaluations.push({ step, mean });
    if (mean > (this.#best?.mean ?? Number.NEGATIVE_INFINITY)) {
      this.#drop();
      this.#best = { mean, weights: this.#model.getWeights().map(weight => weight.clone()) };
    }
    return mean >= this.#options.enough;
  }

  /** Gives the network the weights with which it did best. */
  restoreBest(): void {
    if (this.#best) this.#model.setWeights(this.#best.weights);
    this.#drop();
  }

  #drop(): void {
    for (const weight of this.#best?.weights ?? []) weight.dispose();
    this.#best = undefined;
  }
}
