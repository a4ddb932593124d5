/** What a domain's verbs depend on besides its state. */
export interface DomainFlags {
  /** There is a managed save image: the next start goes on from it. */
  readonly saved: boolean;
  readonly autostart: boolean;
  /** Without a persistent definition: gone when it stops. */
  readonly transient: boolean;
  readonly protected: boolean;
  /** How many snapshots libvirt knows of it. */
  readonly snapshots: number;
}

export const noFlags: DomainFlags = {
  saved: false,
  autostart: false,
  transient: false,
  protected: false,
  snapshots: 0,
};
