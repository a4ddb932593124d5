import type { GuestId } from '../../../shared/ids.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import { eachLimited } from '../each-limited.ts';
import { type Reading, readingOf, sampleOf } from './container-sample.ts';
import type { DockerApi } from './docker-api.ts';
import { DockerError } from './docker-error.ts';

/** Questions for figures at once: more would only load the engine (it reads cgroups for each). */
const mostAtOnce = 4;

/**
 * Measures containers one by one, since Docker has no question for many. A container that does not answer holds up
 * nobody: the round ends without it, and it is not asked again until it has answered. Those whose turn did not come
 * before the round's end come first in the next.
 */
export class ContainerSampler {
  readonly #api: Pick<DockerApi, 'podman' | 'stats'>;
  readonly #roundMs: number;
  readonly #readings = new Map<GuestId, Reading>();
  readonly #underWay = new Set<GuestId>();
  /** The number of the last question about each container: the lower, the longer ago. */
  readonly #asked = new Map<GuestId, number>();
  #questions = 0;
  /** Answers that came after their round. */
  readonly #late = new Map<GuestId, GuestSample>();

  constructor(api: Pick<DockerApi, 'podman' | 'stats'>, roundMs: number) {
    this.#api = api;
    this.#roundMs = roundMs;
  }

  /**
   * What goes wrong with one container leaves only that one out.
   * @throws DockerError when it goes wrong with all of them
   */
  async sample(wanted: readonly { guest: GuestId; nativeId: string }[]): Promise<GuestSample[]> {
    const samples = new Map<GuestId, GuestSample>();
    for (const { guest } of wanted) {
      const late = this.#late.get(guest);
      if (late) samples.set(guest, late);
      this.#late.delete(guest);
    }
    let over = false;
    let broken: unknown;
    const last = (guest: GuestId): number => this.#asked.get(guest) ?? 0;
    const ask = wanted
      .filter(({ guest }) => !this.#underWay.has(guest))
      .sort((one, other) => last(one.guest) - last(other.guest));
    const all = eachLimited(ask, mostAtOnce, async ({ guest, nativeId }) => {
      if (over) return;
      this.#underWay.add(guest);
      this.#questions += 1;
      this.#asked.set(guest, this.#questions);
      try {
        const sample = await this.#measure(guest, nativeId);
        if (sample) (over ? this.#late : samples).set(guest, sample);
      } catch (error) {
        this.#readings.delete(guest);
        // A container that has just gone is no error.
        if (!(error instanceof DockerError && error.status === 404)) broken = error;
      } finally {
        this.#underWay.delete(guest);
      }
    });
    let timer: NodeJS.Timeout | undefined;
    const roundEnds = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#roundMs);
    });
    await Promise.race([all, roundEnds]);
    clearTimeout(timer);
    over = true;
    if (broken !== undefined && samples.size === 0) throw broken;
    return [...samples.values()];
  }

  /** Forgets what is known of containers that are gone. */
  forget(guest: GuestId): void {
    this.#readings.delete(guest);
    this.#late.delete(guest);
    this.#asked.delete(guest);
  }

  async #measure(guest: GuestId, nativeId: string): Promise<GuestSample | undefined> {
    const at = Date.now();
    const stats = await this.#api.stats(nativeId);
    const now = readingOf(stats, this.#api.podman);
    const sample = sampleOf(guest, at, stats, this.#readings.get(guest), now);
    if (now) this.#readings.set(guest, now);
    return sample;
  }
}
