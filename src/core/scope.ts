export interface Disposable {
  dispose(): void;
}

/** Takes a value into the scope and returns it. */
export type Own = <T extends Disposable>(value: T) => T;

/**
 * Disposes what `own` took when the work ends, in reverse order, also when it fails. `tf.tidy` cannot do this for
 * async work: while one function waits, tensors of others would be taken for its own.
 *
 * @example const mean = await scope(async own => (await own(x.mean()).data())[0]);
 */
export async function scope<T>(work: (own: Own) => Promise<T>): Promise<T> {
  const owned: Disposable[] = [];
  const own: Own = value => {
    owned.push(value);
    return value;
  };
  try {
    return await work(own);
  } finally {
    for (const value of owned.reverse()) value.dispose();
  }
}
