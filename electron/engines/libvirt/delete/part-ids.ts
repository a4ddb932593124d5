/** Ids of the parts of a delete plan that are files: what they are, then their path. */
const prefix = 'file:';

/** The id of a disk, or of a file below one. */
export function diskPart(path: string): string {
  return `${prefix}${path}`;
}

/** The path of a part that is a file; none for the others. */
export function diskOfPart(part: string): string[] {
  return part.startsWith(prefix) ? [part.slice(prefix.length)] : [];
}
