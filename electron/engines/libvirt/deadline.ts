/** Said by {@link within} when the time is over. */
export const tooLate = Symbol('too late');

/**
 * Waits for a promise for so long and no longer. What it stands for goes on: a libvirt call cannot be cancelled.
 * @param ms milliseconds
 */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof tooLate> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof tooLate>((resolve) => {
    timer = setTimeout(() => resolve(tooLate), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Lets the event loop turn when work has gone on for some milliseconds. */
export class Breather {
  #since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.#since < 4) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
