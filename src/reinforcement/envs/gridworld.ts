import { assertKeys, assertNumber, describe, mismatch } from '../../core/index.ts';
import type { Scene, Shape } from '../../plot/index.ts';
import { type Environment, environment } from '../environment.ts';
import type { Outcome, TabularModel } from '../model.ts';
import { type Discrete, discrete } from '../spaces.ts';

export interface GridworldOptions {
  /**
   * Rows of letters: `S` start, `G` goal, `X` pit, `#` wall, `.` free. Default: the four by three world of Russell and
   * Norvig, Artificial Intelligence, 17.1.
   */
  map?: readonly string[];
  /** How likely the step slips to a side, half of it to each. Default 0.2. */
  slip?: number;
  /** The reward of each step. Default −0.04. */
  stepReward?: number;
  /** Default 100. */
  maxSteps?: number;
}

export interface Gridworld extends Environment<Discrete, Discrete> {
  /** The whole task, for planning. */
  readonly model: TabularModel;
  readonly rows: number;
  readonly columns: number;
  /** The letter of each state; states are numbered row by row, from the top left. */
  readonly cells: readonly string[];
}

const DEFAULT_MAP = ['...G', '.#.X', 'S...'];
/** As (row, column): up, right, down, left. */
const MOVES = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
] as const;
const OPTIONS = ['map', 'slip', 'stepReward', 'maxSteps'];

/**
 * Walk over a grid to the goal (reward 1) and not into the pit (−1), on ground that slips. Into a wall one stays.
 *
 * @example reinforcement.gridworld({ map: ['S..', '.X.', '..G'], slip: 0 });
 */
export function gridworld(options: GridworldOptions = {}): Gridworld {
  assertKeys('gridworld(options)', options, OPTIONS);
  const { map = DEFAULT_MAP, slip = 0.2, stepReward = -0.04, maxSteps = 100 } = options;
  assertNumber('gridworld({ slip })', slip, { min: 0, max: 1 });
  assertNumber('gridworld({ stepReward })', stepReward);
  const cells = readMap(map);
  const [rows, columns] = [map.length, map[0]!.length];
  const start = cells.indexOf('S');
  const isEnd = (state: number) => cells[state] === 'G' || cells[state] === 'X';

  const after = (state: number, direction: number): number => {
    const [down, right] = MOVES[direction]!;
    const [row, column] = [Math.floor(state / columns) + down, (state % columns) + right];
    const inside = row >= 0 && row < rows && column >= 0 && column < columns;
    const next = row * columns + column;
    return inside && cells[next] !== '#' ? next : state;
  };
  const reward = (next: number) => stepReward + (cells[next] === 'G' ? 1 : cells[next] === 'X' ? -1 : 0);
  const outcomes = (state: number, action: number): Outcome[] => {
    if (isEnd(state) || cells[state] === '#') return [{ probability: 1, next: state, reward: 0, terminated: true }];
    const ways = [
      [action, 1 - slip],
      [(action + 1) % 4, slip / 2],
      [(action + 3) % 4, slip / 2],
    ] as const;
    return ways
      .filter(([, probability]) => probability > 0)
      .map(([direction, probability]) => {
        const next = after(state, direction);
        return { probability, next, reward: reward(next), terminated: isEnd(next) };
      });
  };

  const world = environment<number, Discrete, Discrete>({
    name: 'gridworld',
    observations: discrete(rows * columns),
    actions: discrete(['up', 'right', 'down', 'left']),
    maxSteps,
    start: () => start,
    observe: state => state,
    next: (state, action, random) => {
      const ways = outcomes(state, action);
      const { next, reward, terminated } = random.choice(
        ways,
        ways.map(({ probability }) => probability),
      );
      return { state: next, reward, terminated };
    },
    scene: state => scene(cells, rows, columns, state),
  });
  const model = { states: rows * columns, actions: MOVES.length, outcomes };
  return Object.assign(world, { model, rows, columns, cells });
}

function readMap(map: readonly string[]): string[] {
  const where = 'gridworld({ map })';
  const width = map[0]?.length ?? 0;
  if (width === 0 || map.some(row => row.length !== width))
    throw mismatch({ where, expected: 'rows of one length', received: describe(map) });
  const cells = [...map.join('')];
  const odd = cells.find(cell => !'SGX#.'.includes(cell));
  if (odd !== undefined) throw mismatch({ where, expected: 'the letters S, G, X, # and .', received: describe(odd) });
  const starts = cells.filter(cell => cell === 'S').length;
  if (starts !== 1) throw mismatch({ where, expected: 'one S, the start', received: `${starts}` });
  return cells;
}

function scene(cells: readonly string[], rows: number, columns: number, state: number): Scene {
  const at = (place: number) => [place % columns, rows - 1 - Math.floor(place / columns)] as const;
  const tones = { '#': 'ink', G: 'goal', X: 'danger' } as const;
  const shapes = cells.map((cell, place): Shape => {
    const [x, y] = at(place);
    const tone = tones[cell as keyof typeof tones] ?? 'faint';
    return { kind: 'rectangle', x: x + 0.04, y: y + 0.04, width: 0.92, height: 0.92, tone };
  });
  const [x, y] = at(state);
  return {
    x: [0, columns],
    y: [0, rows],
    shapes: [...shapes, { kind: 'circle', x: x + 0.5, y: y + 0.5, radius: 0.28, tone: 'agent' }],
  };
}
