import type { Scene } from '../../plot/index.ts';
import { type Environment, environment, type Rules } from '../environment.ts';
import { type Box, box, type Discrete, discrete } from '../spaces.ts';

const LEFT = -1.2;
const RIGHT = 0.6;
const GOAL = 0.5;
const TOP_SPEED = 0.07;
const FORCE = 0.001;
const GRAVITY = 0.0025;

type State = readonly [position: number, speed: number];

/** The rules alone, as pure functions. */
export const mountainCarRules: Rules<State, Box, Discrete> = {
  name: 'mountainCar',
  observations: box({ position: [LEFT, RIGHT], speed: [-TOP_SPEED, TOP_SPEED] }),
  actions: discrete(['left', 'nothing', 'right']),
  maxSteps: 200,
  start: random => [random.uniform(-0.6, -0.4), 0],
  observe: state => [...state],
  next: ([position, speed], action) => {
    const pushed = clamp(speed + (action - 1) * FORCE - GRAVITY * Math.cos(3 * position), -TOP_SPEED, TOP_SPEED);
    const moved = clamp(position + pushed, LEFT, RIGHT);
    // The wall on the left takes all speed.
    const after: State = [moved, moved === LEFT && pushed < 0 ? 0 : pushed];
    return { state: after, reward: -1, terminated: moved >= GOAL };
  },
  scene,
};

/**
 * A car too weak for the hill: it must swing back first to gather speed (Moore, 1990; the constants are those of Gymnasium's
 * MountainCar-v0). Reward −1 a step; it ends at the flag, and is cut off after 200 steps.
 *
 * @example reinforcement.mountainCar().reset({ seed: 1 });
 */
export function mountainCar(): Environment<Box, Discrete> {
  return environment(mountainCarRules);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

const height = (position: number) => Math.sin(3 * position) * 0.45 + 0.55;

function scene([position]: State): Scene {
  const hill = Array.from({ length: 61 }, (_, i) => {
    const x = LEFT + ((RIGHT - LEFT) * i) / 60;
    return [x, height(x)] as const;
  });
  return {
    x: [LEFT - 0.05, RIGHT + 0.05],
    y: [0, 1.25],
    shapes: [
      { kind: 'line', points: hill, width: 2, tone: 'faint' },
      {
        kind: 'line',
        points: [
          [GOAL, height(GOAL)],
          [GOAL, height(GOAL) + 0.18],
        ],
        width: 2,
        tone: 'ink',
      },
      { kind: 'rectangle', x: GOAL, y: height(GOAL) + 0.11, width: 0.08, height: 0.07, tone: 'goal' },
      { kind: 'circle', x: position, y: height(position) + 0.05, radius: 0.045, tone: 'agent' },
    ],
  };
}
