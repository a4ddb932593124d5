import path from 'node:path';

/** The project's folder. */
export const root = path.join(import.meta.dirname, '../..');
/** What set-up fetches and remembers; git does not see it. */
export const cache = path.join(root, '.cache');
/** Output of daemons that set-up starts itself. */
export const logs = path.join(cache, 'logs');
