import { assertInteger, LearnableError, type Random } from '../core/index.ts';

/** One step of an agent's life. */
export interface Experience {
  observation: readonly number[];
  action: number;
  reward: number;
  next: readonly number[];
  terminated: boolean;
}

/** Experiences side by side, as a training step takes them. */
export interface ExperienceBatch {
  /** (batch, width), row by row. */
  observations: Float32Array;
  actions: Int32Array;
  rewards: Float32Array;
  /** (batch, width), row by row. */
  next: Float32Array;
  /** 1 where the task ended, else 0. */
  terminated: Float32Array;
}

/** The last so many experiences; an old one makes room for a new one. */
export interface Replay {
  readonly capacity: number;
  readonly size: number;
  add(experience: Experience): void;
  /** Any of them, each equally likely, with replacement. */
  sample(count: number, random: Random): ExperienceBatch;
}

/**
 * A memory of experiences: steps that follow each other are much alike, and a network that learned from them in order would
 * forget all else (Lin, 1992; Mnih et al., Nature 518, 2015).
 *
 * @example reinforcement.replay({ capacity: 10_000, width: 4 });
 */
export function replay({
  capacity,
  width,
}: {
  capacity: number /** Numbers of an observation. */;
  width: number;
}): Replay {
  assertInteger('replay({ capacity })', capacity, { min: 1 });
  assertInteger('replay({ width })', width, { min: 1 });
  const memory = emptyBatch(capacity, width);
  let size = 0;
  let place = 0;
  return {
    capacity,
    get size() {
      return size;
    },
    add({ observation, action, reward, next, terminated }) {
      if (observation.length !== width || next.length !== width)
        throw new LearnableError(
          `replay.add(experience): expected observations of ${width} numbers, received ${observation.length} and ${next.length}.`,
        );
      memory.observations.set(observation, place * width);
      memory.next.set(next, place * width);
      memory.actions[place] = action;
      memory.rewards[place] = reward;
      memory.terminated[place] = terminated ? 1 : 0;
      place = (place + 1) % capacity;
      size = Math.min(size + 1, capacity);
    },
    sample(count, random) {
      if (size === 0)
        throw new LearnableError('replay.sample(count): expected at least one experience, received none.');
      const batch = emptyBatch(count, width);
      for (let i = 0; i < count; i++) {
        const from = random.integer(0, size);
        batch.observations.set(memory.observations.subarray(from * width, (from + 1) * width), i * width);
        batch.next.set(memory.next.subarray(from * width, (from + 1) * width), i * width);
        batch.actions[i] = memory.actions[from]!;
        batch.rewards[i] = memory.rewards[from]!;
        batch.terminated[i] = memory.terminated[from]!;
      }
      return batch;
    },
  };
}

function emptyBatch(count: number, width: number): ExperienceBatch {
  return {
    observations: new Float32Array(count * width),
    actions: new Int32Array(count),
    rewards: new Float32Array(count),
    next: new Float32Array(count * width),
    terminated: new Float32Array(count),
  };
}
