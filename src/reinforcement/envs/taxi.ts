import type { Scene, Shape } from '../../plot/index.ts';
import { type Environment, environment } from '../environment.ts';
import type { Outcome, TabularModel } from '../model.ts';
import { type Discrete, discrete } from '../spaces.ts';

const SIZE = 5;
/** Row and column of the four ranks. */
const RANKS = [
  [0, 0],
  [0, 4],
  [4, 0],
  [4, 3],
] as const;
const IN_TAXI = RANKS.length;
/** Walls stand to the right of these cells (row, column). */
const WALLS = new Set(['0,1', '1,1', '3,0', '4,0', '3,2', '4,2']);
const STATES = SIZE * SIZE * (RANKS.length + 1) * RANKS.length;

/** Where the taxi is, where the passenger waits (or rides), where they want to go. */
interface Ride {
  row: number;
  column: number;
  passenger: number;
  destination: number;
}

export interface Taxi extends Environment<Discrete, Discrete> {
  /** The whole task, for planning. */
  readonly model: TabularModel;
  /** What the number of a state means. */
  read(state: number): Ride;
}

/**
 * Fetch a passenger at one of four ranks and bring them to another, on the shortest way around the walls (Dietterich,
 * JAIR 13, 2000; the world and its numbers are those of Gymnasium's Taxi-v3). 500 states. Reward −1 a step, 20 for the
 * delivery, with which it ends, −10 for picking up or setting down in the wrong place; cut off after 200 steps.
 *
 * @example reinforcement.taxi().read(0)
 */
export function taxi(): Taxi {
  const world = environment<number, Discrete, Discrete>({
    name: 'taxi',
    observations: discrete(STATES),
    actions: discrete(['south', 'north', 'east', 'west', 'pick up', 'set down']),
    maxSteps: 200,
    start: random => {
      const [row, column] = [random.integer(0, SIZE), random.integer(0, SIZE)];
      const [passenger, destination] = random.permutation(RANKS.length) as [number, number];
      return encode({ row, column, passenger, destination });
    },
    observe: state => state,
    next: (state, action) => {
      const { next, reward, terminated } = outcome(state, action);
      return { state: next, reward, terminated };
    },
    scene,
  });
  const model: TabularModel = {
    states: STATES,
    actions: world.actions.count,
    outcomes: (state, action) => [outcome(state, action)],
  };
  return Object.assign(world, { model, read });
}

function encode({ row, column, passenger, destination }: Ride): number {
  return ((row * SIZE + column) * (RANKS.length + 1) + passenger) * RANKS.length + destination;
}

function read(state: number): Ride {
  const destination = state % RANKS.length;
  const rest = Math.floor(state / RANKS.length);
  const passenger = rest % (RANKS.length + 1);
  const place = Math.floor(rest / (RANKS.length + 1));
  return { row: Math.floor(place / SIZE), column: place % SIZE, passenger, destination };
}

function outcome(state: number, action: number): Outcome {
  const ride = read(state);
  const { row, column, passenger, destination } = ride;
  const rank = RANKS.findIndex(([r, c]) => r === row && c === column);
  const go = (change: Partial<Ride>, reward = -1, terminated = false): Outcome => ({
    probability: 1,
    next: encode({ ...ride, ...change }),
    reward,
    terminated,
  });
  switch (action) {
    case 0:
      return go({ row: Math.min(SIZE - 1, row + 1) });
    case 1:
      return go({ row: Math.max(0, row - 1) });
    case 2:
      return go({ column: WALLS.has(`${row},${column}`) ? column : Math.min(SIZE - 1, column + 1) });
    case 3:
      return go({ column: WALLS.has(`${row},${column - 1}`) ? column : Math.max(0, column - 1) });
    case 4:
      return passenger < IN_TAXI && passenger === rank ? go({ passenger: IN_TAXI }) : go({}, -10);
    default:
      if (passenger !== IN_TAXI || rank < 0) return go({}, -10);
      return rank === destination ? go({ passenger: rank }, 20, true) : go({ passenger: rank });
  }
}

const NAMES = ['R', 'G', 'Y', 'B'];

function scene(state: number): Scene {
  const { row, column, passenger, destination } = read(state);
  const top = (r: number) => SIZE - 1 - r;
  const walls = [...WALLS].map((wall): Shape => {
    const [r, c] = wall.split(',').map(Number) as [number, number];
    return {
      kind: 'line',
      points: [
        [c + 1, top(r)],
        [c + 1, top(r) + 1],
      ],
      width: 4,
      tone: 'ink',
    };
  });
  const ranks = RANKS.flatMap(([r, c], i): Shape[] => [
    {
      kind: 'rectangle',
      x: c + 0.06,
      y: top(r) + 0.06,
      width: 0.88,
      height: 0.88,
      tone: i === destination ? 'goal' : 'faint',
    },
    { kind: 'text', x: c + 0.22, y: top(r) + 0.78, text: NAMES[i]!, tone: 'ink' },
  ]);
  const waiting = RANKS[passenger];
  const person: Shape[] = waiting
    ? [{ kind: 'circle', x: waiting[1] + 0.72, y: top(waiting[0]) + 0.28, radius: 0.14, tone: 'accent' }]
    : [];
  return {
    x: [0, SIZE],
    y: [0, SIZE],
    caption: waiting ? `the passenger waits at ${NAMES[passenger]}` : `the passenger rides to ${NAMES[destination]}`,
    shapes: [
      ...ranks,
      ...walls,
      ...person,
      {
        kind: 'rectangle',
        x: column + 0.2,
        y: top(row) + 0.32,
        width: 0.6,
        height: 0.36,
        tone: waiting ? 'agent' : 'accent',
      },
    ],
  };
}
