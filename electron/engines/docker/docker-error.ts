/** How a request to the engine went wrong. */
export type DockerErrorKind =
  /** The engine answered with a status that is not success. */
  | 'status'
  /** The connection could not be made or broke: `errno` says how. */
  | 'network'
  /** No answer in time. */
  | 'timeout'
  /** An answer that is no HTTP, no JSON or not of the documented shape. */
  | 'garbage'
  /** The person cancelled it. */
  | 'aborted'
  /** The connection was closed or lost, and every request of it ended with it: nobody cancelled. */
  | 'closed';

/** The one error that requests to a Docker engine reject with; docker-failures.ts makes a failure of it. */
export class DockerError extends Error {
  readonly kind: DockerErrorKind;
  /** HTTP status, for kind `status`. */
  readonly status: number | undefined;
  /** Node's or the system's name of the error, for kind `network`. */
  readonly errno: string | undefined;
  /** Podman's stable word for what went wrong (`cause`), for example `container state improper`. */
  readonly podmanCause: string | undefined;
  /** How long it was waited for, for kind `timeout`, in milliseconds. */
  readonly waitedMs: number | undefined;

  constructor(
    kind: DockerErrorKind,
    text: string,
    more: { status?: number; errno?: string; podmanCause?: string; waitedMs?: number; cause?: unknown } = {},
  ) {
    super(text, { cause: more.cause });
    this.name = 'DockerError';
    this.kind = kind;
    this.status = more.status;
    this.errno = more.errno;
    this.podmanCause = more.podmanCause;
    this.waitedMs = more.waitedMs;
  }
}

/** Makes a {@link DockerError} of whatever node:http rejects with. */
export function fromNetwork(error: unknown): DockerError {
  if (error instanceof DockerError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const errno = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // HPE_…: node's HTTP parser met bytes that are no HTTP.
  const kind = errno?.startsWith('HPE_') ? 'garbage' : 'network';
  return new DockerError(kind, text, { ...(errno !== undefined && { errno }), cause: error });
}
