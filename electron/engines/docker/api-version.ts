/** The newest API whose changes this code was written for; a newer engine is asked to speak this one. */
export const newestApi = '1.53';
/** Docker 19.03. Older ones lack fields that we read. */
export const oldestApi = '1.40';

/** What both sides speak, or which side is too old for the other. */
export type Negotiated =
  | { readonly speaks: string }
  | { readonly tooOld: { readonly version: string; readonly minimum: string } }
  | { readonly tooNew: { readonly version: string } };

/**
 * The highest version both sides know: min(engine's, ours), as Docker's own clients do it.
 * @param server what the engine speaks at most (`Api-Version` of /_ping)
 * @param serverMinimum what it speaks at least (`MinAPIVersion` of /version), when already known
 * @returns undefined when the texts are no versions
 */
export function negotiate(server: string, serverMinimum?: string): Negotiated | undefined {
  const most = parse(server);
  const least = serverMinimum === undefined ? undefined : parse(serverMinimum);
  if (!most || (serverMinimum !== undefined && !least)) return undefined;
  if (compare(most, parse(oldestApi) ?? most) < 0) return { tooOld: { version: server, minimum: oldestApi } };
  const ours = parse(newestApi) ?? most;
  if (least && compare(least, ours) > 0) return { tooNew: { version: serverMinimum ?? server } };
  return { speaks: compare(most, ours) < 0 ? server : newestApi };
}

function parse(version: string): readonly [number, number] | undefined {
  const found = /^(\d{1,4})\.(\d{1,4})$/.exec(version);
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}

/** 1.9 is older than 1.40: numbers, not text. */
function compare(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
