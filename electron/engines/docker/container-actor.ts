import type { Action, ActionOf } from '../../../shared/action.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { Annotation, Annotations } from '../annotations.ts';
import type { ActionRun } from '../engine.ts';
import type { ContainerRemover } from './container-delete.ts';
import { writeExport } from './container-export.ts';
import { annotationNow } from './container-guest.ts';
import { mostTags, sortedTags } from './container-labels.ts';
import { type EngineTraits, isLifeVerb } from './container-verbs.ts';
import { isLive } from './delete-plan.ts';
import type { DockerApi } from './docker-api.ts';
import { DockerError } from './docker-error.ts';
import { lookAgain, otherName, Refusal } from './refusal.ts';

/** A guest as actions know it. */
export interface Target {
  readonly guest: GuestId;
  readonly nativeId: string;
}

/** Does the verbs of containers. All reject with Refusal, FailureError (of the side store) or DockerError. */
export class ContainerActor {
  readonly #api: DockerApi;
  readonly #annotations: Annotations;
  readonly #remover: ContainerRemover;
  readonly #traits: () => EngineTraits;

  /** @param traits are known when the engine has answered */
  constructor(api: DockerApi, annotations: Annotations, remover: ContainerRemover, traits: () => EngineTraits) {
    this.#api = api;
    this.#annotations = annotations;
    this.#remover = remover;
    this.#traits = traits;
  }

  async act(target: Target, action: Action, run: ActionRun): Promise<void> {
    const { verb } = action;
    if (isLifeVerb(verb)) return this.#api.live(target.nativeId, verb, run.signal);
    if (run.signal.aborted) throw new DockerError('aborted', 'given up');
    switch (action.verb) {
      case 'rename':
        return this.#rename(target, action.name);
      case 'setRestartPolicy':
        return this.#setRestartPolicy(target, action);
      case 'setTitle':
        return this.#setTitle(target, action.title);
      case 'setTags':
        return this.#setTags(target, action);
      case 'protect':
      case 'unprotect':
        return this.#annotate(target, () => ({ protected: verb === 'protect' }));
      case 'export':
        return this.#export(target, action.file, run);
      case 'delete':
        return this.#delete(target, action);
      default:
        throw new Refusal('not-offered', say('failure.detail.verbNotOffered'));
    }
  }

  /**
   * Compose knows its containers by their labels, which stay, and not by their names (docker/compose issue 4789).
   * Docker refuses a container's own name; Podman takes it.
   */
  async #rename({ nativeId }: Target, name: string): Promise<void> {
    const bad = (cause?: unknown) =>
      new Refusal('bad-input', say('failure.detail.badName', { name }), [otherName], cause);
    // Both engines' own rule; Docker wants two letters at least.
    if (!(this.#api.podman ? /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/ : /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/).test(name)) throw bad();
    if ((await this.#api.inspect(nativeId)).Name.replace(/^\//, '') === name) return;
    try {
      await this.#api.rename(nativeId, name);
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      // Docker says 409 of a container that is being removed too.
      if (
        error.podmanCause === 'container already exists' ||
        (error.status === 409 && !/removal/i.test(error.message))
      ) {
        throw new Refusal('bad-input', say('failure.detail.nameTaken', { name }), [otherName], error);
      }
      throw error.status === 400 || error.podmanCause === 'invalid argument' ? bad(error) : error;
    }
  }

  async #setRestartPolicy({ nativeId }: Target, action: ActionOf<'setRestartPolicy'>): Promise<void> {
    const { noRestartPolicy } = this.#traits();
    if (noRestartPolicy) throw new Refusal('not-supported', noRestartPolicy);
    const info = await this.#api.inspect(nativeId);
    if (info.HostConfig.AutoRemove) throw new Refusal('refused', say('because.autoRemove'));
    // A number of retries belongs to `on-failure` alone: with the others the engine refuses it.
    const most = action.policy === 'on-failure' ? (action.maximumRetries ?? 0) : 0;
    await this.#api.setRestartPolicy(nativeId, action.policy, most);
  }

  async #setTitle(target: Target, text: string): Promise<void> {
    if (/\p{Cc}/u.test(text)) throw new Refusal('bad-input', say('failure.detail.badTitle'));
    const title = text.trim();
    return this.#annotate(target, () => ({ title }));
  }

  #setTags(target: Target, { add, remove }: ActionOf<'setTags'>): Promise<void> {
    return this.#annotate(target, (before) => {
      const tags = sortedTags([...before.tags.filter((each) => !remove.includes(each)), ...add]);
      if (tags.length <= mostTags || tags.length <= before.tags.length) return { tags };
      throw new Refusal('bad-input', say('failure.detail.tooManyTags', { most: mostTags }));
    });
  }

  /** What is kept is the whole of it: from then on the labels say nothing any more. */
  async #annotate({ guest, nativeId }: Target, change: (before: Annotation) => Partial<Annotation>): Promise<void> {
    const info = await this.#api.inspect(nativeId);
    const before = annotationNow(info.Config.Labels, this.#annotations.read(guest));
    const { title, ...rest } = { ...before, ...change(before) };
    await this.#annotations.keep(guest, { ...rest, ...(title && { title }) });
  }

  async #export({ nativeId }: Target, file: string, run: ActionRun): Promise<void> {
    run.cancellable(true);
    const gaveUp = new AbortController();
    const giveUp = (): void => gaveUp.abort(new DockerError('aborted', 'given up'));
    run.signal.addEventListener('abort', giveUp, { once: true });
    if (run.signal.aborted) giveUp();
    try {
      // The tar file is about as large as what is in it. Where that is not known soon there is no progress to show.
      let size = 0;
      const sizing = this.#api.inspectSized(nativeId).then(
        ({ SizeRootFs }) => {
          size = SizeRootFs ?? 0;
        },
        () => undefined,
      );
      const stream = await this.#api.export(nativeId, gaveUp.signal);
      await writeExport(stream, file, (bytes) => {
        if (size > 0) run.progress(Math.min(0.99, bytes / size));
      });
      await sizing;
      run.progress(1);
    } finally {
      run.signal.removeEventListener('abort', giveUp);
      // A stream that nobody reads to its end would keep its connection.
      giveUp();
    }
  }

  async #delete({ guest, nativeId }: Target, { parts, endsRunning }: ActionOf<'delete'>): Promise<void> {
    const info = await this.#api.inspect(nativeId);
    if (annotationNow(info.Config.Labels, this.#annotations.read(guest)).protected) {
      throw new Refusal('refused', say('failure.detail.protected'), [{ do: 'read', text: say('remedy.unprotect') }]);
    }
    // Another client may have started it since the person was asked.
    if (!endsRunning && isLive(info)) {
      throw new Refusal('refused', say('failure.detail.changedMeanwhile'), [lookAgain]);
    }
    await this.#remover.remove(info, parts);
  }
}
