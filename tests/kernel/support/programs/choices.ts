/** A stream of choices, from which a program is written: when it runs dry, every choice is the first, simplest one. */
export class Choices {
  readonly #numbers: ArrayLike<number>;
  #next = 0;

  constructor(numbers: ArrayLike<number>) {
    this.#numbers = numbers;
  }

  get isDry(): boolean {
    return this.#next >= this.#numbers.length;
  }

  /** From 0 to `count - 1`. */
  below(count: number): number {
    if (this.isDry) return 0;
    return (this.#numbers[this.#next++] as number) % count;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** True in one of `n` cases, never when the stream is dry. */
  oneIn(n: number): boolean {
    return this.below(n) === n - 1;
  }
}
