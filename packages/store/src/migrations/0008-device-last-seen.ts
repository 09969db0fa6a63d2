import type { Migration } from './migration.js';

/** When a device last sent anything, so that one that has fallen silent is noticed. */
export const deviceLastSeen: Migration = {
  id: 8,
  name: 'device-last-seen',
  sql: 'alter table device add column last_seen_at timestamptz;',
};
