import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Failure } from '../../../shared/failure.ts';
import type { EngineId } from '../../../shared/ids.ts';
import { type Message, say } from '../../../shared/message.ts';
import { FailureError } from '../failure-error.ts';
import { currentContext, type FileProbes, readContexts, readTls } from './docker-contexts.ts';
import type { DockerEndpoint, DockerFlavour, DockerTarget, TlsMaterial } from './docker-endpoint.ts';
import { type ParsedHost, parseHost } from './docker-host.ts';

/** Where to look. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly uid: number;
  readonly probes: FileProbes;
}

/** Docker's own place; /run/docker.sock is the same file. */
const rootSocket = '/var/run/docker.sock';

/** An address to be looked at, the more wanted ones first. */
interface Candidate {
  readonly name: string;
  readonly host: string;
  readonly flavour?: DockerFlavour;
  readonly tls?: TlsMaterial | undefined;
  /** As DockerEndpoint has it; of use only with TLS. */
  readonly cli?: readonly string[];
  /** Not asked for: shown only when it is there and has answered. */
  readonly optional: boolean;
}

/**
 * Every engine with Docker's API that this person's machine has or names, each socket once: DOCKER_HOST or the current
 * context first, as the docker command chooses, then the other contexts, the machine's own socket, the rootless one and
 * Podman's. Opens none of them and follows no address. `POSADA_DOCKER_HOSTS` (a comma list) replaces them all.
 */
export async function findDockerEndpoints(where: Partial<Surroundings> = {}): Promise<DockerEndpoint[]> {
  const { env = process.env, home = homedir(), uid = process.getuid?.() ?? 0, probes = fileProbes } = where;
  const folder = env.DOCKER_CONFIG || path.join(home, '.docker');
  const chosen = await chosenCandidate(env, folder, probes);
  const contexts = await readContexts(folder, probes);
  const runtime = env.XDG_RUNTIME_DIR || `/run/user/${uid}`;
  const asked = env.POSADA_DOCKER_HOSTS?.split(',').filter(Boolean);
  const usual: Candidate[] = [
    ...(chosen && 'host' in chosen ? [chosen] : []),
    { name: 'docker', host: `unix://${rootSocket}`, flavour: 'docker', optional: chosen !== undefined },
    ...contexts.map(({ name, host, tls }) => ({ name, host, tls, cli: ['--context', name], optional: true })),
    { name: 'docker rootless', host: `unix://${runtime}/docker.sock`, flavour: 'docker-rootless', optional: true },
    { name: 'podman', host: 'unix:///run/podman/podman.sock', flavour: 'podman', optional: true },
    {
      name: 'podman rootless',
      host: `unix://${runtime}/podman/podman.sock`,
      flavour: 'podman-rootless',
      optional: true,
    },
  ];
  const candidates = asked?.map((host) => ({ name: host, host, optional: false })) ?? usual;
  const found = new Map<string, DockerEndpoint>();
  if (!asked && chosen && 'missing' in chosen) found.set(chosen.missing, missingContext(chosen.missing));
  for (const candidate of candidates) {
    const endpoint = await look(candidate, runtime, probes);
    if (endpoint && !found.has(endpoint.info.id)) found.set(endpoint.info.id, endpoint);
  }
  return [...found.values()];
}

/**
 * The endpoint of an address that the person has typed.
 * @throws FailureError when it is none that can be spoken to
 */
export async function addedEndpoint(address: string): Promise<DockerEndpoint> {
  const host = address.trim();
  const runtime = process.env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.() ?? 0}`;
  const endpoint = await look({ name: host, host, optional: false }, runtime, fileProbes);
  if (endpoint && endpoint.target.kind !== 'none') return endpoint;
  const failure = endpoint?.target.kind === 'none' ? endpoint.target.failure : undefined;
  throw new FailureError({
    code: failure?.code ?? 'bad-input',
    title: say('failure.title.addConnection', { address: host }),
    detail: failure?.detail ?? say('failure.detail.badAddress', { address: host }),
    remedies: [{ do: 'read', text: say('remedy.dockerExamples') }],
  });
}

/** What the docker command would talk to, when the person has chosen that. */
async function chosenCandidate(
  env: Surroundings['env'],
  folder: string,
  probes: FileProbes,
): Promise<Candidate | { missing: string } | undefined> {
  if (env.DOCKER_HOST) {
    const tls = env.DOCKER_TLS_VERIFY ? await readTls(env.DOCKER_CERT_PATH || folder, probes) : undefined;
    return {
      name: 'DOCKER_HOST',
      host: env.DOCKER_HOST,
      tls: tls ?? (env.DOCKER_TLS_VERIFY ? {} : undefined),
      cli: tlsWords(env.DOCKER_CERT_PATH || folder, env.DOCKER_HOST),
      optional: false,
    };
  }
  const name = env.DOCKER_CONTEXT || (await currentContext(folder, probes));
  if (!name || name === 'default') return undefined;
  const context = (await readContexts(folder, probes)).find((each) => each.name === name);
  const cli = ['--context', name];
  return context ? { name, host: context.host, tls: context.tls, cli, optional: false } : { missing: name };
}

/** The same for a terminal that has not the environment of this app. */
function tlsWords(folder: string, host: string): string[] {
  const file = (option: string, name: string): string[] => [option, path.join(folder, name)];
  const files = [...file('--tlscacert', 'ca.pem'), ...file('--tlscert', 'cert.pem'), ...file('--tlskey', 'key.pem')];
  return ['--tlsverify', ...files, '-H', host];
}

async function look(candidate: Candidate, runtime: string, probes: FileProbes): Promise<DockerEndpoint | undefined> {
  const { name, optional } = candidate;
  const parsed = parseHost(candidate.host, candidate.tls !== undefined);
  if (parsed.kind === 'socket') {
    if (optional && !(await probes.isSocket(parsed.path))) return undefined;
    const file = await canonical(parsed.path, probes);
    const flavour = candidate.flavour ?? flavourOf(file, runtime);
    const target: DockerTarget = { kind: 'socket', path: parsed.path };
    // The docker command is told `unix://` for named pipes' sake too.
    return endpoint(name, `${parsed.scheme}://${file}`, flavour, target, optional);
  }
  if (parsed.kind === 'tcp') {
    const target: DockerTarget = {
      ...{ kind: 'tcp', host: parsed.host, port: parsed.port },
      ...(candidate.tls && { tls: candidate.tls }),
    };
    const found = endpoint(name, `tcp://${parsed.shown}`, 'remote', target, optional);
    return candidate.tls && candidate.cli ? { ...found, cli: candidate.cli } : found;
  }
  return unreachable(candidate, parsed);
}

/** One name for one socket, so that its id stays whichever way it was found. */
async function canonical(file: string, probes: FileProbes): Promise<string> {
  const [real, root] = await Promise.all([resolved(file, probes), resolved(rootSocket, probes)]);
  return real === root ? rootSocket : real;
}

/** Follows links; of a socket that is not there, those of its folder. */
async function resolved(file: string, probes: FileProbes): Promise<string> {
  const real = await probes.realPath(file);
  if (real !== undefined) return real;
  const folder = await probes.realPath(path.dirname(file));
  return folder === undefined ? file : path.join(folder, path.basename(file));
}

function flavourOf(file: string, runtime: string): DockerFlavour {
  if (file === rootSocket) return 'docker';
  if (file === `${runtime}/docker.sock`) return 'docker-rootless';
  if (file === `${runtime}/podman/podman.sock`) return 'podman-rootless';
  return file === '/run/podman/podman.sock' ? 'podman' : 'remote';
}

function endpoint(
  name: string,
  address: string,
  flavour: DockerFlavour,
  target: DockerTarget,
  optional: boolean,
): DockerEndpoint {
  const id = `docker:${address}` as EngineId;
  return { info: { id, kind: 'docker', name, address, ...(optional && { optional }) }, flavour, target };
}

/** An address that cannot be used: asked for, it is shown with the reason; only found, it is left out. */
function unreachable(candidate: Candidate, parsed: Extract<ParsedHost, { kind: 'bad' }>): DockerEndpoint | undefined {
  if (candidate.optional) return undefined;
  const detail: Message =
    parsed.because === 'ssh'
      ? say('failure.detail.notSupported')
      : say('failure.detail.badAddress', { address: parsed.shown });
  return failing(candidate.name, parsed.shown, parsed.because === 'ssh' ? 'not-supported' : 'bad-input', detail);
}

function missingContext(context: string): DockerEndpoint {
  const detail = say('failure.detail.contextMissing', { context });
  return failing(context, `context ${context}`, 'bad-input', detail);
}

function failing(name: string, address: string, code: Failure['code'], detail: Message): DockerEndpoint {
  const id = `docker:${address}` as EngineId;
  const failure: Failure = {
    code,
    title: say('failure.title.connect', { engine: name }),
    detail,
    remedies: [{ do: 'read', text: say('remedy.checkAddress') }],
    engine: id,
  };
  return endpoint(name, address, 'remote', { kind: 'none', failure }, false);
}

const fileProbes: FileProbes = {
  readText: (file) => readFile(file, 'utf8').catch(() => undefined),
  listFolder: (folder) => readdir(folder).catch(() => []),
  isSocket: (file) =>
    stat(file).then(
      (found) => found.isSocket(),
      () => false,
    ),
  realPath: (file) => realpath(file).catch(() => undefined),
};
