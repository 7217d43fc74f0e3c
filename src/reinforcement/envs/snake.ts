import { assertInteger, assertKeys, type Random } from '../../core/index.ts';
import type { Scene, Shape } from '../../plot/index.ts';
import { type Environment, environment } from '../environment.ts';
import { type Box, box, type Discrete, discrete } from '../spaces.ts';

type Cell = readonly [column: number, row: number];

interface State {
  /** The head first. */
  body: readonly Cell[];
  /** 0 up, 1 right, 2 down, 3 left. */
  heading: number;
  food: Cell;
  /** Steps since the last bite. */
  hunger: number;
  size: number;
}

export interface SnakeOptions {
  /** Cells along each side. Default 8. */
  size?: number;
  /** Default 500. */
  maxSteps?: number;
}

const MOVES: readonly Cell[] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
];

/**
 * The game: steer to the food and grow, into neither a wall nor yourself. The actions are as the snake sees them: left,
 * straight on, right. It senses whether each of these is deadly, and where the food lies: ahead or behind, to its left or
 * right. Reward 1 a bite, −1 for dying, 0.01 less for each step; it starves after as many steps without a bite as there are
 * cells.
 *
 * @example reinforcement.snake({ size: 6 }).reset({ seed: 1 });
 */
export function snake(options: SnakeOptions = {}): Environment<Box, Discrete> {
  assertKeys('snake(options)', options, ['size', 'maxSteps']);
  const { size = 8, maxSteps = 500 } = options;
  assertInteger('snake({ size })', size, { min: 4, max: 40 });
  return environment<State, Box, Discrete>({
    name: 'snake',
    observations: box({
      'deadly on the left': [0, 1],
      'deadly ahead': [0, 1],
      'deadly on the right': [0, 1],
      'food ahead': [-1, 1],
      'food on the right': [-1, 1],
    }),
    actions: discrete(['left', 'straight on', 'right']),
    maxSteps,
    start: random => {
      const middle = size >> 1;
      const body: Cell[] = [
        [middle, middle],
        [middle, middle - 1],
        [middle, middle - 2],
      ];
      return { body, heading: 0, food: placeFood(body, size, random)!, hunger: 0, size };
    },
    observe,
    next,
    scene,
  });
}

function observe({ body, heading, food, size }: State): number[] {
  const head = body[0]!;
  const ways = [-1, 0, 1].map(turn => Number(isDeadly(body, ahead(head, turned(heading, turn)), size)));
  const [forward, right] = [MOVES[heading]!, MOVES[turned(heading, 1)]!];
  const offset = [food[0] - head[0], food[1] - head[1]] as const;
  const along = ([x, y]: Cell) => Math.sign(offset[0] * x + offset[1] * y);
  return [...ways, along(forward), along(right)];
}

function next(state: State, action: number, random: Random) {
  const { body, food, size } = state;
  const heading = turned(state.heading, action - 1);
  const head = ahead(body[0]!, heading);
  if (isDeadly(body, head, size)) return { state: { ...state, heading }, reward: -1, terminated: true };
  const eats = isSame(head, food);
  const longer = [head, ...body];
  const moved = eats ? longer : longer.slice(0, -1);
  const found = eats ? placeFood(moved, size, random) : food;
  const hunger = eats ? 0 : state.hunger + 1;
  // No room for food: the game is won. No bite for too long: it starves.
  const terminated = found === undefined || hunger >= size * size;
  const reward = (eats ? 1 : -0.01) - (hunger >= size * size ? 1 : 0);
  return { state: { body: moved, heading, food: found ?? food, hunger, size }, reward, terminated };
}

function turned(heading: number, turn: number): number {
  return (heading + turn + 4) % 4;
}

function ahead([column, row]: Cell, heading: number): Cell {
  const [right, up] = MOVES[heading]!;
  return [column + right, row + up];
}

/** The tail moves on, so that its cell is free. */
function isDeadly(body: readonly Cell[], cell: Cell, size: number): boolean {
  if (cell.some(place => place < 0 || place >= size)) return true;
  return body.slice(0, -1).some(part => isSame(part, cell));
}

function isSame(one: Cell, other: Cell): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

function placeFood(body: readonly Cell[], size: number, random: Random): Cell | undefined {
  const free: Cell[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!body.some(part => isSame(part, [column, row]))) free.push([column, row]);
    }
  }
  return free.length > 0 ? random.choice(free) : undefined;
}

function scene({ body, food, size }: State): Scene {
  const square = ([x, y]: Cell, tone: 'agent' | 'accent', margin: number): Shape => ({
    kind: 'rectangle',
    x: x + margin,
    y: y + margin,
    width: 1 - 2 * margin,
    height: 1 - 2 * margin,
    tone,
  });
  return {
    x: [0, size],
    y: [0, size],
    caption: `length ${body.length}`,
    shapes: [
      { kind: 'rectangle', x: 0, y: 0, width: size, height: size, tone: 'faint' },
      { kind: 'circle', x: food[0] + 0.5, y: food[1] + 0.5, radius: 0.32, tone: 'goal' },
      ...body.slice(1).map(part => square(part, 'agent', 0.1)),
      square(body[0]!, 'accent', 0.04),
    ],
  };
}
