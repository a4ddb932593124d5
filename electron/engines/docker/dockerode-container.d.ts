/** dockerode's class for one container, without the rest of dockerode (and its gRPC). */
declare module 'dockerode/lib/container.js' {
  import type { Container } from 'dockerode';

  const container: typeof Container;
  export = container;
}
