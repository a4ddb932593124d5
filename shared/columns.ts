// No schemas here: the window's script is smaller without the library for them.

/** Every column that the list can have, in their first order. */
export const columnIds = [
  'name',
  'kind',
  'state',
  'cpu',
  'memory',
  'disk',
  'image',
  'addresses',
  'ports',
  'uptime',
  'tags',
  'project',
  'lab',
  'startup',
  'health',
  'snapshots',
  'virtualization',
  'network',
  'diskActivity',
  'engine',
] as const;
export type ColumnId = (typeof columnIds)[number];

export const groupings = ['none', 'lab', 'project', 'tag', 'engine', 'kind', 'state'] as const;
export type Grouping = (typeof groupings)[number];
