/**
 * Kinds of facts that more than one system has, and what each carries. `at` is always a part id; `data` is plain.
 * Every frame's sending and arriving is a fact of what it means (`message.published`, `message.routed` …), so there
 * are no separate frame facts.
 */
export const FACT_KINDS = [
  // A message's life. `message.settled` ends a copy; its data is {outcome}, its `why` the reason.
  'message.published', // at: client (or exchange, by hand); line; data {exchange, key, parent?, partition?: the lane that it goes to}
  'message.deferred', // at: exchange; line: it waits for the commit of its transaction
  'message.routed', // at: exchange; data {matched: line ids, unmatched: [{line, why, …}], queues: part ids or names}; why: matched | unroutable | alternate
  'message.stored', // at: queue; line; data {ahead: messages before it}
  'message.appended', // at: queue; line; data {index}: its leader has it in the log, and waits for most members
  'message.delivered', // at: queue; line: to the consumer; data {consumer: part id, tag, redelivered}; why: the reason it was this consumer's turn
  'message.read', // at: a log; line: to the consumer; data {consumer: part id, tag, offset}: it stays where it is
  'message.confirmed', // at: client that published; line: the broker has it safely
  'message.refused', // at: client that published; line: a queue has not taken it
  'message.received', // at: client; line; data of a log: {topic, partition, offset, deliveryCount?}
  'message.returned', // at: client that published; why
  'message.acked', // at: client; line; data {multiple?}
  'message.rejected', // at: client (nack or reject); data {requeue, multiple?}
  'message.requeued', // at: queue; data {ahead}; why: rejected | channel-closed | connection-closed | recovered
  'message.settled', // at: queue or exchange; data {outcome: acked | dropped | returned | expired | dead-lettered, queue?}; why: acked | auto-acked | unroutable | rejected | purged | deleted | crashed | ambiguous …
  'message.removed', // at: place with lanes; data {lane: its key, index: its number}: it was kept long enough, a newer one has its key, or the leader's log lacks it; why: retention | compacted | truncated …
  // Work at a consumer.
  'work.started', // data {until}
  'work.finished',
  'work.failed',
  'work.skipped', // it was done before; the message is only acknowledged
  // Records of a log that is copied and read by many. Partitions are numbers where the fact is told at the topic, else `<topic>-<number>`.
  'message.duplicate', // at: topic; line; data {partition, index}: the log has it already, nothing is written; why: same-sequence
  'message.acquired', // at: topic; data {consumer, group, partition, index, deliveries}: lent to one member of a group that shares it
  'message.released', // the same: it may be lent again; why: release | lock-expired | member-gone
  'message.accepted', // the same: the group is done with it
  'message.archived', // the same: the group gives it up; why: reject | delivery-limit | log-start-moved
  'message.replicated', // at: a topic's copy in another broker; data {partition, index}
  'batch.refused', // at: topic; line; of its first message; data {partition, error, sequence}; why: the error
  'log.truncated', // at: topic; data {partition, index: the new end, count}; why: above-watermark | diverging-epoch | out-of-range
  'watermark.advanced', // at: topic; data {partition, offset, end}
  'isr.changed', // at: topic; data {partition, isr, joined, left: node numbers}; why: caught-up | fell-behind
  // Groups of readers, told at the group's box or at the broker that coordinates it.
  'group.state', // data {group, from, to, epoch, coordinator}; why: '' | removed
  'group.loaded', // data {group, state, epoch, coordinator, protocol}: another broker coordinates it now
  'group.rebalance', // data {group, epoch, member}; why: what began it, or what gave the group a new epoch
  'group.delayed', // data {group, until: µs of the run}; why: first-member | extended
  'group.leader', // data {group, member}
  'group.generation', // data {group, generation, protocol, members, leader}
  'group.assigned', // data {group, member, partitions, epoch}; why: '' | target
  'group.step', // at: client; data {step: what it asks or hears, …}: the protocol between a member and its coordinator; why
  'member.joined', // data {group, member, before?, instance?}; why: dynamic | static | replaced
  'member.left', // data {group, member, instance?}; why: left | session-expired | rebalance-expired | away …
  'member.reconciled', // data {group, member, epoch, partitions, pending}; why: stable | unrevoked_partitions | unreleased_partitions
  'partition.assigned', // at: client; data {partitions, total}
  'partition.revoked', // the same: given up in good order
  'partition.lost', // the same: they may be another's already
  'offset.committed', // at: client; data {offsets}; why: auto | sync | async. At the group: data {group, partition, offset}; why: coordinator
  'offset.refused', // at: client; data {offsets, error}; why: auto | sync | async
  'offset.expired', // at: group; data {group, partition}
  'position.reset', // at: client; data {partition, offset, cause: no-committed-offset | out-of-range | seek | an error}; why: earliest | latest | none-error
  // The drawing, as the broker sees it.
  'place.declared', // why: booted | client | operator
  'place.deleted', // why: operator | client | auto-delete | exclusive | crashed
  'place.purged', // data {count}
  'binding.added', // line
  'binding.removed', // line
  'consumer.started', // at: queue; line; data {consumer, window: how many it may hold at a time, 0 = no limit}
  'consumer.cancelled', // at: queue; line; data {consumer}; why
  'connection.opened', // at: broker; line; data {client}
  'connection.closed', // at: broker; data {client, code?, text?}; why
  'channel.opened', // at: broker; line; data {client, channel: its number}
  'channel.closed', // at: broker; line; data {client, channel, code?, text?}; why: error | client
  'transaction.committed', // at: client; line; data {number?, records?}
  'transaction.aborted', // at: client; data {number, records}; why: planned | the error
  'transaction.state', // at: coordinator; data {transactionalId, from: '' at first, to, producerId, epoch}; why: '' | fenced | timed-out
  'transaction.marked', // at: topic; data {partition, index, outcome}: a marker in the log
  'batch.retried', // at: client; line; data {topic, partition, count, attempts}; why: the error
  'client.failed', // at: client: it gives up for good; why: the error
  'disk.synced', // at: disk; data {count}
  // Members of something replicated.
  'replica.role', // at: node; data {queue, place, role: leader | candidate | follower, term; of a new leader: messages, held (ids)}; why: declared | elected | promoted | no-leader | leader-known | higher-term
  'replica.joined', // at: place; data {node, queue, term}; why: synced | unsynced
  'replica.left', // at: topic; data {partition}: this node holds it no longer; why: deleted | reassigned
  'controller.role', // at: node; data {role: active | standby, epoch, node}; why: elected | resigned
  'quorum.role', // at: node; data {role: leader | candidate | follower | unattached | resigned, term, leader, node}
  'broker.stopping', // at: node; data {node}; why: controlled-shutdown
  'broker.fenced', // at: node; data {node}
  'broker.unfenced', // the same
  'request.refused', // at: node that asked the controller; data {api}; why: the error
  // Pauses of those who belong together.
  'phase.began', // at: container or node; data {phase: word `phase.<phase>`}
  'phase.ended', // the same
  'reading.stopped', // at: client; data {lane: `<store>-<lane>`}: it takes nothing from there
  'reading.resumed', // the same
  // A tree of znodes, and who waits for it. Told once, by the server that leads; sessions and watches by the server that has the client.
  'znode.created', // at: server; data {path, owner: session of an ephemeral one, or 0}
  'znode.changed', // at: server; data {path, owner, version}
  'znode.deleted', // at: server; data {path, owner}; why: '' (a client) | session-closed | session-expired
  'watch.fired', // at: server; line: to the client; data {path, type, client}
  'session.opened', // at: server; line; data {client, session, timeoutMillis}
  'session.moved', // at: the server that the client is connected with now; line; data {client, session, timeoutMillis}
  'session.closed', // at: leader; data {client, session}: its ephemerals go with it
  'session.expired', // at: leader; data {client, session}
  // What people and fate do.
  'node.crashed',
  'node.restarted',
  'node.paused',
  'node.resumed',
  'part.joined',
  'part.left',
  'part.reconfigured',
  'line.cut',
  'line.healed',
  'link.lost', // a cut was noticed after the heartbeat time-out
  'frame.lost', // a frame reached nobody; line; data {verb}; why: down | cut | gone (it left, or it is another life of it)
  'command.refused', // a deed that had no effect; at: target (or the line's begin); line; data {verb}; why: down | absent | unchanged
  'limit.reached', // data {limit, value}
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Facts worth stopping at: a routing decision, a delivery, an ack, a drop, a redelivery, a crash. */
export const INTERESTING: ReadonlySet<string> = new Set<FactKind>([
  'message.routed',
  'replica.role',
  'znode.created',
  'znode.changed',
  'znode.deleted',
  'watch.fired',
  'session.expired',
  'message.confirmed',
  'message.refused',
  'work.skipped',
  'batch.retried',
  'transaction.aborted',
  'client.failed',
  'disk.synced',
  'message.delivered',
  'message.read',
  'message.acked',
  'message.rejected',
  'message.requeued',
  'message.returned',
  'message.settled',
  'node.crashed',
  'node.restarted',
  'channel.closed',
  'consumer.cancelled',
  'message.duplicate',
  'message.acquired',
  'message.released',
  'message.archived',
  'transaction.state',
  'transaction.marked',
  'batch.retried',
  'batch.refused',
  'client.failed',
  'transaction.committed',
  'transaction.aborted',
  'log.truncated',
  'isr.changed',
  'controller.role',
  'broker.fenced',
  'broker.unfenced',
  'group.rebalance',
  'group.generation',
  'member.joined',
  'member.left',
  'partition.assigned',
  'partition.revoked',
  'partition.lost',
  'offset.committed',
  'offset.refused',
  'position.reset',
  'phase.began',
  'phase.ended',
]);
