import type { Failure } from '../../../shared/failure.ts';
import type { EngineInfo } from '../engine.ts';

/** TLS material of a `tcp://` address, as PEM text. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** The context says not to verify the server (`SkipTLSVerify`). */
  readonly skipVerify?: boolean;
}

/** Where requests go. A named pipe of Windows is a socket with a path too. */
export type DockerTarget =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls?: TlsMaterial }
  /** Named by the person but not to be reached: opening it fails with this failure. */
  | { readonly kind: 'none'; readonly failure: Failure };

/** Whose engine it is, for the commands that mend it. */
export type DockerFlavour = 'docker' | 'docker-rootless' | 'podman' | 'podman-rootless' | 'remote';

/** An engine that speaks Docker's API, as found before it is opened. */
export interface DockerEndpoint {
  readonly info: EngineInfo;
  readonly flavour: DockerFlavour;
  /** Words that lead the docker command to this engine where its address is not enough: keys and certificates. */
  readonly cli?: readonly string[];
  readonly target: DockerTarget;
}
