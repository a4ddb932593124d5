import type { LucideIcon } from 'lucide-react';
import type { Shortcut } from './user-action.ts';

/** One line of the palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  /** What it is about, quieter: the guest's engine, the section. */
  readonly detail?: string | undefined;
  readonly shortcut?: Shortcut | undefined;
  /** Why it cannot be done now. */
  readonly because?: string | undefined;
  run(): void;
}
