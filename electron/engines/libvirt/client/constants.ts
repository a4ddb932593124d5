// Numbers that stand in libvirt's public header files, not in its protocol files.
// Sources: include/libvirt/libvirt-domain.h, libvirt-host.h, virterror.h of libvirt 9.0.0.

/** virDomainState */
export const domainState = {
  noState: 0,
  running: 1,
  blocked: 2,
  paused: 3,
  shutdown: 4,
  shutoff: 5,
  crashed: 6,
  pmSuspended: 7,
} as const;

/** virDomainPausedReason, those that tell of trouble, and those of a snapshot under way. */
export const pausedReason = { save: 3, ioError: 5, snapshot: 9, crashed: 10 } as const;

/** virDomainShutoffReason, those that tell of trouble. */
export const shutoffReason = { crashed: 3 } as const;

/** virDomainEventID: what CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY takes. */
export const domainEventId = {
  lifecycle: 0,
  reboot: 1,
  rtcChange: 2,
  watchdog: 3,
  ioError: 4,
  graphics: 5,
  ioErrorReason: 6,
  controlError: 7,
  blockJob: 8,
  diskChange: 9,
  trayChange: 10,
  pmWakeup: 11,
  pmSuspend: 12,
  balloonChange: 13,
  pmSuspendDisk: 14,
  deviceRemoved: 15,
  blockJob2: 16,
  tunable: 17,
  agentLifecycle: 18,
  deviceAdded: 19,
  migrationIteration: 20,
  jobCompleted: 21,
  deviceRemovalFailed: 22,
  metadataChange: 23,
  blockThreshold: 24,
  memoryFailure: 25,
  memoryDeviceSizeChange: 26,
} as const;

/** virDomainEventType */
export const lifecycleEvent = {
  defined: 0,
  undefined: 1,
  started: 2,
  suspended: 3,
  resumed: 4,
  stopped: 5,
  shutdown: 6,
  pmSuspended: 7,
  crashed: 8,
} as const;

/** virDomainStatsTypes */
export const statsGroup = {
  state: 1,
  cpuTotal: 2,
  balloon: 4,
  vcpu: 8,
  interface: 16,
  block: 32,
  perf: 64,
  ioThread: 128,
  memory: 256,
  dirtyRate: 512,
} as const;

/** virConnectGetAllDomainStatsFlags */
export const statsFlag = { active: 1, inactive: 2, nowait: 1 << 29 } as const;

/** virDomainJobType */
export const jobType = { none: 0 } as const;

/** virDomainMetadataType */
export const metadataType = { description: 0, title: 1, element: 2 } as const;

/** virDomainModificationImpact */
export const impact = { live: 1, config: 2 } as const;

/** virDomainUndefineFlagsValues */
export const undefineFlag = {
  managedSave: 1,
  snapshotsMetadata: 2,
  nvram: 4,
  keepNvram: 8,
  checkpointsMetadata: 16,
  tpm: 32,
  keepTpm: 64,
} as const;

/** virConnectListAllStoragePoolsFlags */
export const listPoolsFlag = { inactive: 1, active: 2 } as const;

/** virConnectListAllDomainsFlags */
export const listDomainsFlag = {
  active: 1,
  inactive: 2,
  transient: 8,
  running: 16,
  paused: 32,
  shutoff: 64,
  managedSave: 256,
  autostart: 1024,
  hasSnapshot: 4096,
} as const;

/** virDomainXMLFlags */
export const xmlFlag = { secure: 1, inactive: 2, migratable: 8 } as const;

/** virDomainSnapshotCreateFlags */
export const snapshotCreateFlag = { redefine: 1, current: 2 } as const;

/** virDomainSnapshotDeleteFlags */
export const snapshotDeleteFlag = { metadataOnly: 2 } as const;

/** virDomainSnapshotXMLFlags */
export const snapshotXmlFlag = { secure: 1 } as const;

/** virDomainInterfaceAddressesSource */
export const addressSource = { lease: 0, agent: 1, arp: 2 } as const;

/** virDrvFeature (src/libvirt_internal.h): what CONNECT_SUPPORTS_FEATURE takes. */
export const feature = { keepalive: 10, closeCallback: 15, remoteEventCallback: 14 } as const;

/** remote_auth_type (remote_protocol.x) */
export const authType = { none: 0, sasl: 1, polkit: 2 } as const;

/** virErrorNumber, those that mean something to a person. */
export const errorCode = {
  internal: 1,
  noMemory: 2,
  noSupport: 3,
  noConnect: 5,
  invalidArg: 8,
  operationFailed: 9,
  xmlError: 27,
  operationDenied: 29,
  systemError: 38,
  rpc: 39,
  noDomain: 42,
  noNetwork: 43,
  noStoragePool: 49,
  noStorageVolume: 50,
  authFailed: 45,
  operationInvalid: 55,
  configUnsupported: 67,
  operationTimeout: 68,
  noDomainSnapshot: 72,
  operationAborted: 78,
  authCancelled: 79,
  noDomainMetadata: 80,
  agentUnresponsive: 86,
  resourceBusy: 87,
  authUnavailable: 94,
} as const;
