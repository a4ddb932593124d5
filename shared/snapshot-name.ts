// No schemas here: the window's script is smaller without the library for them.

/** Letters of the name that a person gives. */
export const longestSnapshotName = 100;
export const longestDescription = 2000;
