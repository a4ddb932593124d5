// The public entry of the libvirt client; README.md tells how to use it.
export { type Authenticator, type Authenticators, authenticate } from './auth.ts';
export type { Hyper, TypedValue } from './codec.ts';
export { type ConnectOptions, connect, type Transport } from './connect.ts';
export { type CallOptions, type ConnectionEvents, RpcConnection } from './connection.ts';
export * from './constants.ts';
export { ConnectError, ConnectionLostError, LibvirtError, ProtocolError, UnsupportedAuthError } from './errors.ts';
export type * from './generated/protocol-types.gen.ts';
export { allDomainStats, type DomainStats, type HostEvents, isPrivate, LibvirtHost } from './host.ts';
export { LibvirtStream } from './stream.ts';
export { numberParam, type ParamRecord, paramRecord } from './typed-params.ts';
export { type SocketChoice, type SocketEnvironment, socketsFor } from './uri.ts';
