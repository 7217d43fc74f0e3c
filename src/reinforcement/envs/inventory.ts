import { assertInteger, assertKeys, assertNumber } from '../../core/index.ts';
import type { Scene } from '../../plot/index.ts';
import { type Environment, environment } from '../environment.ts';
import type { Outcome, TabularModel } from '../model.ts';
import { type Discrete, discrete } from '../spaces.ts';

export interface InventoryOptions {
  /** How many pieces the store holds. Default 20. */
  capacity?: number;
  /** The mean demand of a day, in pieces; it is Poisson's. Default 5. */
  demand?: number;
  /** What a piece brings. Default 10. */
  price?: number;
  /** What a piece costs. Default 4. */
  cost?: number;
  /** What each order costs besides. Default 8. */
  orderCost?: number;
  /** What it costs to keep a piece overnight. Default 0.5. */
  holdingCost?: number;
  /** Days of an episode. Default 100. */
  maxSteps?: number;
}

export interface Inventory extends Environment<Discrete, Discrete> {
  /** The whole task, for planning. */
  readonly model: TabularModel;
}

interface State {
  stock: number;
  sold: number;
  day: number;
}

const DEFAULTS = { capacity: 20, demand: 5, price: 10, cost: 4, orderCost: 8, holdingCost: 0.5, maxSteps: 100 };

/**
 * A shop that orders each morning, for a demand that nobody knows: too much costs money, too little loses customers. The
 * state is the stock, the action how many pieces to order (what does not fit is not delivered), the reward the day's profit.
 * It never ends, and is cut off after 100 days (Puterman, Markov Decision Processes, 3.2).
 *
 * @example reinforcement.inventory({ capacity: 10, demand: 3 });
 */
export function inventory(options: InventoryOptions = {}): Inventory {
  assertKeys('inventory(options)', options, Object.keys(DEFAULTS));
  const settings = { ...DEFAULTS, ...options };
  const { capacity, demand, maxSteps, ...prices } = settings;
  assertInteger('inventory({ capacity })', capacity, { min: 1, max: 1000 });
  assertNumber('inventory({ demand })', demand, { min: 0, aboveMin: true, max: 500 });
  for (const [name, value] of Object.entries(prices)) assertNumber(`inventory({ ${name} })`, value, { min: 0 });
  const chances = poisson(demand, capacity);

  /** The day's profit when so many pieces are asked for. */
  const day = (stock: number, order: number, asked: number) => {
    const arrived = Math.min(order, capacity - stock);
    const sold = Math.min(stock + arrived, asked);
    const left = stock + arrived - sold;
    const paid = arrived * prices.cost + (order > 0 ? prices.orderCost : 0) + left * prices.holdingCost;
    return { left, sold, reward: sold * prices.price - paid };
  };

  const shop = environment<State, Discrete, Discrete>({
    name: 'inventory',
    observations: discrete(capacity + 1),
    actions: discrete(capacity + 1),
    maxSteps,
    start: random => ({ stock: random.integer(0, capacity + 1), sold: 0, day: 0 }),
    observe: ({ stock }) => stock,
    next: ({ stock, day: today }, order, random) => {
      const asked = random.choice(
        chances.map((_, pieces) => pieces),
        chances,
      );
      const { left, sold, reward } = day(stock, order, asked);
      return { state: { stock: left, sold, day: today + 1 }, reward, terminated: false };
    },
    scene: state => scene(state, capacity),
  });
  const outcomes = (stock: number, order: number): Outcome[] =>
    chances.map((probability, asked) => {
      const { left, reward } = day(stock, order, asked);
      return { probability, next: left, reward, terminated: false };
    });
  return Object.assign(shop, { model: { states: capacity + 1, actions: capacity + 1, outcomes } });
}

/** How likely 0, 1, … pieces are asked for; whatever is more than the store holds counts as one more than it holds. */
function poisson(mean: number, capacity: number): number[] {
  const chances: number[] = [];
  let chance = Math.exp(-mean);
  for (let pieces = 0; pieces <= capacity; pieces++) {
    chances.push(chance);
    chance *= mean / (pieces + 1);
  }
  return [...chances, Math.max(0, 1 - chances.reduce((sum, one) => sum + one, 0))];
}

function scene({ stock, sold, day }: State, capacity: number): Scene {
  const width = capacity / 4;
  const bar = (middle: number, pieces: number, tone: 'agent' | 'goal') =>
    ({ kind: 'rectangle', x: (middle - 0.5) * width, y: 0, width, height: pieces, tone }) as const;
  const name = (middle: number, text: string) =>
    ({ kind: 'text', x: middle * width, y: -0.06 * capacity, text, tone: 'ink' }) as const;
  const [left, right] = [
    [0.5 * width, 0],
    [4.5 * width, 0],
  ] as const;
  return {
    x: [0, 5 * width],
    y: [-0.12 * capacity, capacity],
    caption: `day ${day}: ${sold} sold, ${stock} left`,
    shapes: [
      bar(1.5, stock, 'agent'),
      bar(3.5, sold, 'goal'),
      { kind: 'line', points: [left, right], width: 2, tone: 'ink' },
      name(1.5, 'stock'),
      name(3.5, 'sold'),
    ],
  };
}
