import type { DeletePart } from '../../../shared/delete-plan.ts';
import { say } from '../../../shared/message.ts';
import { runRemedy } from '../shell.ts';
import { deletePlanOf, isAnonymous, removalOf, volumesIn } from './delete-plan.ts';
import type { DockerApi } from './docker-api.ts';
import { engineCommand } from './docker-commands.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';
import { lookAgain, Refusal } from './refusal.ts';
import { type InspectedContainer, type ListedContainer, listedContainer } from './wire.ts';

/** Measuring volumes walks through all their files: plans made shortly after each other share one answer. */
const sizesLastMs = 10_000;

/** Plans what goes with a container and removes it. */
export class ContainerRemover {
  readonly #endpoint: DockerEndpoint;
  readonly #api: DockerApi;
  #sizes: { readonly at: number; readonly of: Promise<ReadonlyMap<string, number>> } | undefined;

  constructor(endpoint: DockerEndpoint, api: DockerApi) {
    this.#endpoint = endpoint;
    this.#api = api;
  }

  /** @throws DockerError */
  async plan(nativeId: string): Promise<DeletePart[]> {
    const info = await this.#api.inspectSized(nativeId);
    const volumes = volumesIn(info.Mounts);
    const sizes = volumes.length > 0 ? await this.#volumeSizes() : new Map<string, number>();
    return deletePlanOf(info, await this.#others(volumes), sizes, this.#api.podman);
  }

  /**
   * Removes the container, killed first where it runs, and the chosen volumes.
   * @param chosen ids of parts of the plan
   * @throws Refusal when a part may not go (any more), and when the container is gone and a volume is not; DockerError
   */
  async remove(info: InspectedContainer, chosen: readonly string[]): Promise<void> {
    const plan = deletePlanOf(info, await this.#others(volumesIn(info.Mounts)), new Map(), this.#api.podman);
    const may = new Set(plan.flatMap(({ id, goes }) => (goes === 'never' ? [] : [id])));
    const goingAnyway = plan.flatMap(({ id, goes }) => (goes === 'always' ? [id] : []));
    if (chosen.some((id) => !may.has(id))) {
      throw new Refusal('wrong-state', say('failure.detail.changedMeanwhile'), [lookAgain]);
    }
    const { withVolumes, single } = removalOf(chosen, plan);
    await this.#removeContainer(info, withVolumes);
    // With `v` the engine keeps silent about a volume that it could not remove.
    const volumes = withVolumes ? await this.#stillThere([...chosen, ...goingAnyway]) : single;
    const left: string[] = [];
    let why: unknown;
    for (const name of volumes) {
      try {
        await this.#api.removeVolume(name);
      } catch (error) {
        if (error instanceof DockerError && error.status === 404) continue;
        left.push(name);
        why = error;
      }
    }
    if (left.length === 0) return;
    const command = engineCommand(this.#endpoint, this.#api.podman, 'volume', 'rm', ...left);
    const remedies = [runRemedy(command, say('remedy.removeLeftovers'))];
    throw new Refusal('refused', say('failure.detail.leftovers', { paths: left.join(', ') }), remedies, why);
  }

  /** One that is removed as it stops may be gone by itself when it has been killed. */
  async #removeContainer({ Id, HostConfig: host }: InspectedContainer, withVolumes: boolean): Promise<void> {
    try {
      await this.#api.remove(Id, withVolumes);
    } catch (error) {
      if (!(host.AutoRemove && error instanceof DockerError && error.status === 404)) throw error;
    }
  }

  async #stillThere(chosen: readonly string[]): Promise<string[]> {
    const found = await Promise.all(
      [...new Set(chosen.filter(isAnonymous))].map(async (name) => ((await this.#api.hasVolume(name)) ? [name] : [])),
    );
    return found.flat();
  }

  /** Containers that use any of these volumes; without volumes nobody is asked. */
  async #others(volumes: readonly string[]): Promise<ListedContainer[]> {
    if (!volumes.some(isAnonymous)) return [];
    return (await this.#api.list()).flatMap((item) => {
      const parsed = listedContainer.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    });
  }

  /** What cannot be measured has no size: the plan is made all the same. */
  #volumeSizes(): Promise<ReadonlyMap<string, number>> {
    const now = Date.now();
    if (!this.#sizes || now - this.#sizes.at > sizesLastMs) {
      this.#sizes = { at: now, of: this.#api.volumeSizes().catch(() => new Map<string, number>()) };
    }
    return this.#sizes.of;
  }
}
