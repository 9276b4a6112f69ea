/** Ids that no job may have: `<prefix>:<queue>:<id>` would be a key of its queue. BullMQ's own keys, then worker-kit's. */
export const reservedIds: ReadonlySet<string> = new Set([
  ...[
    'active',
    'wait',
    'waiting-children',
    'paused',
    'id',
    'delayed',
    'prioritized',
    'stalled-check',
    'completed',
  ],
  ...['failed', 'stalled', 'repeat', 'limiter', 'meta', 'events', 'pc', 'marker', 'de'],
  ...['clock', 'owners', 'recorded', 'moved-on', 'canceled', 'none', 'scratch', 'scratch-set'],
])
