import { assertInteger, assertKeys } from '../../core/index.ts';
import type { Scene } from '../../plot/index.ts';
import { type Environment, environment } from '../environment.ts';
import { type Box, box, type Discrete, discrete } from '../spaces.ts';

const GRAVITY = 10; // m/s²
const MASS = 1; // kg
const LENGTH = 1; // m
const SECONDS = 0.05; // a step
const TOP_RATE = 8; // radians/s
const TOP_TORQUE = 2; // N m

/** Angle (radians, 0 is upright), its rate (radians/s), the torque of the last step (N m). */
type State = readonly [angle: number, rate: number, torque: number];

export interface PendulumOptions {
  /**
   * How many torques there are to choose from, evenly from −2 to 2 N m. Default 5. With 'any', an action is a list of one
   * torque.
   */
  torques?: number | 'any';
}

/**
 * A robot's arm that hangs down and must be swung up and held there, by a motor too weak to lift it at once (the constants
 * are those of Gymnasium's Pendulum-v1). Reward −(angle² + 0.1 rate² + 0.001 torque²) a step; it never ends, and is cut off
 * after 200 steps.
 *
 * @example reinforcement.pendulum({ torques: 3 }).actions.names
 */
export function pendulum(options?: { torques?: number }): Environment<Box, Discrete>;
export function pendulum(options: { torques: 'any' }): Environment<Box, Box>;
export function pendulum(options: PendulumOptions = {}): Environment<Box, Discrete> | Environment<Box, Box> {
  assertKeys('pendulum(options)', options, ['torques']);
  const { torques = 5 } = options;
  const shared = {
    name: 'pendulum',
    observations: box({
      'cosine of the angle': [-1, 1],
      'sine of the angle': [-1, 1],
      'angular speed (rad/s)': [-TOP_RATE, TOP_RATE],
    }),
    maxSteps: 200,
    start: (random: { uniform(low: number, high: number): number }): State => [
      random.uniform(-Math.PI, Math.PI),
      random.uniform(-1, 1),
      0,
    ],
    observe: ([angle, rate]: State) => [Math.cos(angle), Math.sin(angle), rate],
    scene,
  };
  if (torques === 'any')
    return environment<State, Box, Box>({
      ...shared,
      actions: box({ 'torque (N m)': [-TOP_TORQUE, TOP_TORQUE] }),
      next: (state, [torque]) => turn(state, torque!),
    });
  assertInteger('pendulum({ torques })', torques, { min: 2 });
  const choices = Array.from({ length: torques }, (_, i) => -TOP_TORQUE + (2 * TOP_TORQUE * i) / (torques - 1));
  return environment<State, Box, Discrete>({
    ...shared,
    actions: discrete(choices.map(torque => `${Number(torque.toFixed(2))} N m`)),
    next: (state, action) => turn(state, choices[action]!),
  });
}

/** One step under a torque (N m). */
export function turn([angle, rate]: State, torque: number) {
  const cost = wrapAngle(angle) ** 2 + 0.1 * rate ** 2 + 0.001 * torque ** 2;
  const pull = ((3 * GRAVITY) / (2 * LENGTH)) * Math.sin(angle) + (3 / (MASS * LENGTH ** 2)) * torque;
  const faster = Math.min(TOP_RATE, Math.max(-TOP_RATE, rate + pull * SECONDS));
  const state: State = [angle + faster * SECONDS, faster, torque];
  return { state, reward: -cost, terminated: false };
}

/** From −π up to π. */
function wrapAngle(radians: number): number {
  const turns = (radians + Math.PI) / (2 * Math.PI);
  return (turns - Math.floor(turns)) * 2 * Math.PI - Math.PI;
}

function scene([angle, , torque]: State): Scene {
  const tip = [LENGTH * Math.sin(angle), LENGTH * Math.cos(angle)] as const;
  return {
    x: [-1.3, 1.3],
    y: [-1.2, 1.2],
    caption: `torque ${torque.toFixed(1)} N m`,
    shapes: [
      { kind: 'circle', x: 0, y: LENGTH, radius: 0.07, tone: 'goal' },
      { kind: 'line', points: [[0, 0], tip], width: 12, tone: 'agent' },
      { kind: 'circle', x: 0, y: 0, radius: 0.07, tone: 'ink' },
    ],
  };
}
