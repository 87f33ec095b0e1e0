/** Lanes (partitions of a log), those who read them, and pauses: words that any system may use. */
export const lanes = {
  'lane.lag': 'lag {count}',
  'lane.face': '{lanes, plural, one {# partition} other {# partitions}} · {messages, number} kept',
  'lane.spoken': '{key}: {role}, {start, number} to {end, number}',
  'lane.spoken.all': '{lanes, plural, one {# partition} other {# partitions}}: {said}',
  'lane.more': 'and {count, plural, one {# more} other {# more}}',
  'lane.cell': 'offset {offset}',
  'lane.cell.key': 'key {key}',
  'lane.cell.value': 'value {value}',
  'lane.cell.control': 'control record, written by the system',
  'lane.cell.tombstone': 'tombstone: the key is gone',
  'lane.cell.removed': 'kept no more: compacted away',
  'lane.cell.before': 'kept no more: the log begins at {start, number}',
  'lane.cell.next': 'the next record goes here',
  'lane.title': '{store}-{lane}',
  'mark.logEnd': 'LEO',
  'mark.highWatermark': 'HW',
  'mark.lastStable': 'LSO',
  'mark.logStart': 'start',
  'value.outOfSync': 'out of sync',
  'value.offline': 'offline',

  // Which traffic is shown beside the messages.
  'traffic.label': 'Traffic shown',
  'traffic.replica': 'Replication',
  'traffic.control': 'Control traffic',
  'traffic.heartbeat': 'Heartbeats',
} as const;
