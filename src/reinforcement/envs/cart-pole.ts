import type { Scene } from '../../plot/index.ts';
import { type Environment, environment, type Rules } from '../environment.ts';
import { type Box, box, type Discrete, discrete } from '../spaces.ts';

const GRAVITY = 9.8; // m/s²
const CART_MASS = 1; // kg
const POLE_MASS = 0.1; // kg
const HALF_LENGTH = 0.5; // m: from the joint to the pole's centre
const FORCE = 10; // N
const SECONDS = 0.02; // a step
const POSITION_LIMIT = 2.4; // m
const ANGLE_LIMIT = (12 * Math.PI) / 180;

/** Position (m), speed (m/s), angle (radians, 0 is upright), its rate (radians/s). */
type State = readonly [x: number, speed: number, angle: number, rate: number];

/** The rules alone, as pure functions. */
export const cartPoleRules: Rules<State, Box, Discrete> = {
  name: 'cartPole',
  observations: box({
    'position (m)': [-2 * POSITION_LIMIT, 2 * POSITION_LIMIT],
    'speed (m/s)': [-Infinity, Infinity],
    'angle (rad)': [-2 * ANGLE_LIMIT, 2 * ANGLE_LIMIT],
    'angular speed (rad/s)': [-Infinity, Infinity],
  }),
  actions: discrete(['left', 'right']),
  maxSteps: 500,
  start: random => [0, 0, 0, 0].map(() => random.uniform(-0.05, 0.05)) as unknown as State,
  observe: state => [...state],
  next: (state, action) => {
    const moved = push(state, action === 1 ? FORCE : -FORCE);
    const [x, , angle] = moved;
    return { state: moved, reward: 1, terminated: Math.abs(x) > POSITION_LIMIT || Math.abs(angle) > ANGLE_LIMIT };
  },
  scene,
};

/**
 * Balance a pole on a cart by pushing it left or right (Barto, Sutton and Anderson, 1983; the constants are those of
 * Gymnasium's CartPole-v1). Reward 1 a step; it ends when the pole leans more than 12° or the cart leaves ±2.4 m, and is cut
 * off after 500 steps.
 *
 * @example reinforcement.cartPole().reset({ seed: 1 });
 */
export function cartPole(): Environment<Box, Discrete> {
  return environment(cartPoleRules);
}

/** One step of explicit Euler: the old speeds move the old places. */
function push([x, speed, angle, rate]: State, force: number): State {
  const total = CART_MASS + POLE_MASS;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const pushed = (force + POLE_MASS * HALF_LENGTH * rate ** 2 * sin) / total;
  const angular = (GRAVITY * sin - cos * pushed) / (HALF_LENGTH * (4 / 3 - (POLE_MASS * cos ** 2) / total));
  const linear = pushed - (POLE_MASS * HALF_LENGTH * angular * cos) / total;
  return [x + SECONDS * speed, speed + SECONDS * linear, angle + SECONDS * rate, rate + SECONDS * angular];
}

function scene([x, , angle]: State): Scene {
  const top = [x + 2 * HALF_LENGTH * Math.sin(angle), 0.15 + 2 * HALF_LENGTH * Math.cos(angle)] as const;
  return {
    x: [-POSITION_LIMIT - 0.4, POSITION_LIMIT + 0.4],
    y: [-0.4, 1.5],
    shapes: [
      {
        kind: 'line',
        points: [
          [-POSITION_LIMIT, -0.15],
          [POSITION_LIMIT, -0.15],
        ],
        width: 2,
        tone: 'faint',
      },
      { kind: 'rectangle', x: x - 0.3, y: -0.15, width: 0.6, height: 0.3, tone: 'ink' },
      { kind: 'line', points: [[x, 0.15], top], width: 7, tone: 'agent' },
      { kind: 'circle', x, y: 0.15, radius: 0.06, tone: 'accent' },
    ],
  };
}
