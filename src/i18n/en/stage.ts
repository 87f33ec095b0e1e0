/** Short words beside a message whose way ended or turned. */
export const stage = {
  'stage.ghost.dropped':
    '{why, select, unroutable {dropped: unroutable} rejected {dropped: rejected} purged {purged} deleted {dropped: queue deleted} crashed {lost in the crash} autoAcked {lost: acked on delivery} other {dropped}}',
  'stage.ghost.returned': '{why, select, unroutable {returned: unroutable} other {returned}}',
  'stage.ghost.expired': 'expired',
  'stage.ghost.dead-lettered': '{why, select, rejected {dead-lettered: rejected} expired {dead-lettered: expired} other {dead-lettered}}',
  'stage.ghost.rejected': 'rejected',
  'stage.ghost.requeued':
    '{why, select, channelClosed {back in the queue: channel closed} connectionClosed {back in the queue: connection lost} other {back in the queue}}',
  'stage.ghost.lost': '{why, select, down {lost: receiver down} cut {lost: line cut} gone {lost: receiver gone} other {lost}}',
  'stage.ghost.failed': 'work failed',
  'stage.frame': '{name}{role, select, response { response} other {}}: {from} → {to}{count, plural, =1 {} other { ×#}}',
  'stage.frame.waits': 'waits until it is answered',
  'stage.ghost.many': '{words} ×{count}',
} as const;
