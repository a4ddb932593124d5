import { tag } from '../../../shared/action.ts';
import { type Annotation, noAnnotation } from '../annotations.ts';

/** A container with this label is the guest that the label names, whatever its engine's id is. */
export const guestLabel = 'io.posada.guest';

type Labels = Readonly<Record<string, string>>;

/** As shared/action.ts has it. */
export const mostTags = 32;

/**
 * What labels say of title, tags (a comma list) and protection (`true` or `1`): it holds until the person changes
 * anything of it here, since labels never change. What does not fit is left out.
 */
export function annotationIn(labels: Labels): Annotation {
  const title = labels['io.posada.title']?.trim();
  const tags = (labels['io.posada.tags'] ?? '').split(',').map((word) => word.trim());
  const held = labels['io.posada.protected'];
  return {
    ...noAnnotation,
    ...(title && title.length <= 200 && !/\p{Cc}/u.test(title) && { title }),
    tags: sortedTags(tags.filter((word) => tag.safeParse(word).success)).slice(0, mostTags),
    protected: held === 'true' || held === '1',
  };
}

/** Each once, in one order. */
export function sortedTags(tags: readonly string[]): string[] {
  return [...new Set(tags)].sort();
}

/** What it is a part of. Compose project and service by Docker's labels, else podman-compose's, which writes both. */
export function belongingIn(labels: Labels): { project?: string; service?: string; lab?: string } {
  const project = labels['com.docker.compose.project'] || labels['io.podman.compose.project'];
  const service = labels['com.docker.compose.service'] || labels['io.podman.compose.service'];
  // As libvirt's guests have it in their metadata.
  const lab = tag.safeParse(labels['io.posada.lab']).data;
  return { ...(project && { project }), ...(service && { service }), ...(lab && { lab }) };
}
