/** Ids of the parts of a delete plan that are files: what they are, then their path. */
const prefix = 'file:';
const otherPrefix = 'other:';

/** The id of a disk, or of a file below one. */
export function diskPart(path: string): string {
  return `${prefix}${path}`;
}

/** The path of a part that is a file; none for the others. */
export function diskOfPart(part: string): string[] {
  return part.startsWith(prefix) ? [part.slice(prefix.length)] : [];
}

/** Whether a part is a disk or below one, whatever it is made of: the others go with the definition. */
export function isFileId(part: string): boolean {
  return part.startsWith(prefix) || part.startsWith(otherPrefix);
}

/** The id of a disk that is no file. */
export function otherPart(name: string): string {
  return `${otherPrefix}${name}`;
}
