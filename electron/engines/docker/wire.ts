import { z } from 'zod';

/**
 * The parts of the engine's answers that we read, by Docker's API reference 1.40 to 1.53. What vanishes in newer ones
 * (`status`, `id`, `from` of events, `NetworkSettings.IPAddress`) is not read at all. Go writes empty lists and maps
 * as null, so nearly everything may be null.
 */

/** Ids go into paths: nothing but what ids are made of. Docker: 64 hexadecimal digits. */
export const containerId = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z_.-]{0,127}$/);

const labels = z.record(z.string(), z.string()).nullish();

const networks = z
  .record(
    z.string(),
    z
      .object({
        IPAddress: z.string().nullish(),
        GlobalIPv6Address: z.string().nullish(),
        Gateway: z.string().nullish(),
        MacAddress: z.string().nullish(),
        Aliases: z.array(z.string()).nullish(),
      })
      .nullable(),
  )
  .nullish();

/** What is mounted into a container; of bind mounts Source is a path of the host. */
const mounts = z
  .array(
    z.object({
      Type: z.string().nullish(),
      Name: z.string().nullish(),
      Source: z.string().nullish(),
      Destination: z.string().nullish(),
      RW: z.boolean().nullish(),
    }),
  )
  .nullish();

/** One element of GET /containers/json. */
export const listedContainer = z.object({
  Id: containerId,
  Names: z.array(z.string()).nullish(),
  Image: z.string().nullish(),
  /** Unix time in seconds. */
  Created: z.number(),
  State: z.string(),
  Labels: labels,
  Ports: z
    .array(
      z.object({
        IP: z.string().nullish(),
        PrivatePort: z.number(),
        PublicPort: z.number().nullish(),
        Type: z.string(),
      }),
    )
    .nullish(),
  NetworkSettings: z.object({ Networks: networks }).nullish(),
  Mounts: mounts,
  /** From 1.52. */
  Health: z.object({ Status: z.string() }).nullish(),
});
export type ListedContainer = z.infer<typeof listedContainer>;

/** GET /containers/{id}/json. */
export const inspectedContainer = z.object({
  Id: containerId,
  Name: z.string(),
  /** RFC 3339 with nanoseconds. */
  Created: z.string(),
  State: z.object({
    Status: z.string(),
    OOMKilled: z.boolean().nullish(),
    ExitCode: z.number().nullish(),
    StartedAt: z.string().nullish(),
    FinishedAt: z.string().nullish(),
    Health: z
      .object({
        Status: z.string(),
        Log: z
          .array(
            z.object({
              End: z.string().nullish(),
              ExitCode: z.number().nullish(),
              Output: z.string().nullish(),
            }),
          )
          .nullish(),
      })
      .nullish(),
  }),
  Config: z.object({
    Image: z.string().nullish(),
    Labels: labels,
    User: z.string().nullish(),
    WorkingDir: z.string().nullish(),
    Hostname: z.string().nullish(),
  }),
  HostConfig: z.object({
    AutoRemove: z.boolean().nullish(),
    RestartPolicy: z.object({ Name: z.string().nullish(), MaximumRetryCount: z.number().nullish() }).nullish(),
    Runtime: z.string().nullish(),
    /** What `-v` said: `source:destination:options`. Podman writes every volume here. */
    Binds: z.array(z.string()).nullish(),
    /** What `--mount` said. */
    Mounts: z.array(z.object({ Type: z.string().nullish(), Source: z.string().nullish() })).nullish(),
    /** Bytes; 0 is no limit. */
    Memory: z.number().nullish(),
    NanoCpus: z.number().nullish(),
    CpuQuota: z.number().nullish(),
    CpuPeriod: z.number().nullish(),
  }),
  NetworkSettings: z
    .object({
      Networks: networks,
      Ports: z
        .record(
          z.string(),
          z.array(z.object({ HostIp: z.string().nullish(), HostPort: z.string().nullish() })).nullable(),
        )
        .nullish(),
    })
    .nullish(),
  Image: z.string().nullish(),
  Path: z.string().nullish(),
  Args: z.array(z.string()).nullish(),
  Platform: z.string().nullish(),
  RestartCount: z.number().nullish(),
  Mounts: mounts,
  /** Bytes; only with `size=1`. */
  SizeRw: z.number().nullish(),
  SizeRootFs: z.number().nullish(),
});
export type InspectedContainer = z.infer<typeof inspectedContainer>;

/** GET /containers/{id}/stats. Stopped containers have no usage; cgroup v2 has no percpu_usage, Podman no stats. */
export const containerStats = z.object({
  read: z.string(),
  cpu_stats: z
    .object({
      cpu_usage: z.object({ total_usage: z.number().nullish() }).nullish(),
      system_cpu_usage: z.number().nullish(),
      online_cpus: z.number().nullish(),
    })
    .nullish(),
  memory_stats: z.object({ usage: z.number().nullish(), stats: z.record(z.string(), z.number()).nullish() }).nullish(),
  /** One entry for each device and operation; cgroup v1 writes `Read`, v2 `read`. Empty: nothing was counted. */
  blkio_stats: z
    .object({
      io_service_bytes_recursive: z.array(z.object({ op: z.string(), value: z.number() })).nullish(),
    })
    .nullish(),
  /** By interface; left out for the host's network. */
  networks: z
    .record(z.string(), z.object({ rx_bytes: z.number().nullish(), tx_bytes: z.number().nullish() }))
    .nullish(),
});
export type ContainerStats = z.infer<typeof containerStats>;

/** GET /version. */
export const engineVersion = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.string().nullish(),
  Components: z.array(z.object({ Name: z.string(), Version: z.string() })).nullish(),
});
export type EngineVersion = z.infer<typeof engineVersion>;

/** What is read of GET /info. */
export const engineInfo = z.object({
  CgroupVersion: z.string().nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
});
export type EngineInfo = z.infer<typeof engineInfo>;

/** One line of GET /events. */
export const engineEvent = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
  /** Unix time in seconds, and the same in nanoseconds (to about 0.3 µs, as a number of JSON). */
  time: z.number().nullish(),
  timeNano: z.number().nullish(),
});
export type EngineEvent = z.infer<typeof engineEvent>;

const volumeUsage = z.array(
  z.object({ Name: z.string(), UsageData: z.object({ Size: z.number().nullish() }).nullish() }),
);

/** GET /system/df of volumes. Up to 1.52 in `Volumes`, from 1.52 with `verbose=1` in `VolumeUsage`. Size is -1 where it is not known. */
export const diskUsage = z.object({
  Volumes: volumeUsage.nullish(),
  VolumeUsage: z.object({ Items: volumeUsage.nullish() }).nullish(),
});

/** GET /libpod/containers/{id}/json. */
export const podmanContainer = z.object({ OCIRuntime: z.string().min(1).max(200) });
