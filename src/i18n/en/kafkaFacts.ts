/**
 * Kafka: sentences and reasons. `fact.kafka.…` and `why.kafka.…` are said where the fact happened at a part of Kafka, instead of what
 * other systems say of such a fact.
 */
export const kafkaFacts = {
  'fact.kafka.message.published':
    '{at} sends {message} to {exchange}: partition {partition}, {hasKey, select, yes {key {key}} other {without a key}}',
  'fact.kafka.message.published.partition-unknown': '{at} calls send() with {message} for {exchange}, and send() fails',
  'fact.kafka.message.appended': '{home} writes {message} into partition {partition} of {at}, at offset {index}',
  'fact.kafka.message.read': '{consumer} fetches {message} from partition {partition} of {at}, offset {offset}; it stays in the log',
  'fact.kafka.message.received':
    'poll() hands {message} to {at}: partition {partition} of {topic}, offset {offset}{deliveryCount, plural, =0 {} =1 {} other {, delivery number #}}',
  'fact.kafka.message.confirmed':
    '{offset, plural, =-1 {{at} counts {message} as sent: with acks=0 nobody answers} other {{at} hears that {message} is written: partition {partition}, offset {offset}}}',
  'fact.kafka.message.refused': '{at} gives {message} up: {error}',
  'fact.kafka.message.refused.no-metadata': '{at} gives {message} up: it knows no partitions of the topic',
  'fact.kafka.message.refused.no-such-partition': '{at} gives {message} up: the topic has no such partition',
  'fact.kafka.message.refused.record-too-large': '{at} gives {message} up: it is too large',
  'fact.kafka.message.refused.buffer-exhausted': '{at} gives {message} up: its buffer stays full',
  'fact.kafka.message.refused.client-failed': '{at} gives {message} up: this producer has failed for good',
  'fact.kafka.message.refused.transaction-aborted': '{at} does not send {message} any more: its transaction is aborted',
  'fact.kafka.message.refused.delivery-timeout': '{at} gives {message} up: its delivery time-out is over',
  'fact.kafka.message.refused.crashed': '{message} is lost in the crash: {at} had not sent it yet',
  'fact.kafka.message.refused.closed': '{at} gives {message} up: the producer is closed',
  'fact.kafka.message.acked': '{at} accepts {message}',
  'fact.kafka.message.rejected.requeue': '{at} releases {message}: another member may get it',
  'fact.kafka.message.removed': '{home}: offset {index} of partition {lane} of {at} is kept no longer',
  'fact.kafka.message.removed.retention-ms': '{home}: offset {index} of partition {lane} of {at} is deleted, its segment is old enough',
  'fact.kafka.message.removed.retention-bytes': '{home}: offset {index} of partition {lane} of {at} is deleted, the log is too large',
  'fact.kafka.message.removed.log-start':
    '{home}: offset {index} of partition {lane} of {at} lies before the start of the log and is deleted',
  'fact.kafka.message.removed.truncated':
    '{home} cuts {message} off partition {lane} of {at}, offset {index}: the log of the leader does not have it there',
  'fact.kafka.message.removed.compacted': '{home}: offset {index} of partition {lane} of {at} is compacted away',
  'fact.kafka.replica.role': '{at} has another role in {queue}, leader epoch {term}',
  'fact.kafka.replica.role.leader': '{at} leads {queue} from now on, leader epoch {term}',
  'fact.kafka.replica.role.follower': '{at} follows broker {leader} in {queue}, leader epoch {term}',
  'fact.kafka.replica.role.offline': '{queue} has no leader, as {at} sees it: nobody can write or read it',
  'fact.kafka.transaction.committed': '{at}: transaction {number} is committed, with {records, plural, one {# record} other {# records}}',
  'fact.kafka.node.paused.frozen': '{at} hangs: its application does not go on',

  'fact.transaction.aborted': '{at}: transaction {number} is aborted, with {records, plural, one {# record} other {# records}}',
  'fact.transaction.state': 'Transaction {transactionalId}: {from} becomes {to}, producer epoch {epoch}',
  'fact.transaction.state.first': 'Transaction {transactionalId}: {at} coordinates it, producer epoch {epoch}',
  'fact.transaction.marked': '{home} writes the marker {outcome} of a transaction into partition {partition} of {at}, at offset {index}',
  'fact.message.acquired':
    '{home} gives {message} out to {consumer}, offset {index} of partition {partition}{deliveries, plural, =0 {} =1 {} other {, delivery number #}}',
  'fact.message.released': '{home} has {message} back, offset {index} of partition {partition}: any member of {group} may get it',
  'fact.message.accepted': '{home}: group {group} is done with {message}, offset {index} of partition {partition}',
  'fact.message.archived': '{home} gives {message} out to nobody in {group} any more, offset {index} of partition {partition}',
  'fact.batch.retried':
    '{at} sends {count, plural, one {a batch of # record} other {a batch of # records}} for {topic}-{partition} again: {error}',
  'fact.batch.refused': '{home} refuses a batch for partition {partition} of {at}: {error}',
  'fact.client.failed': '{at} ends: {error}',
  'fact.message.duplicate': '{home} has {message} already, at offset {index} of partition {partition}: it confirms, and writes nothing',
  'fact.message.replicated': '{home} has copied {message}: partition {partition} of {at}, offset {index}',
  'fact.log.truncated':
    '{home} cuts {count, plural, one {# record} other {# records}} off partition {partition} of {at}: its log ends at {index} now',
  'fact.watermark.advanced': '{at}, partition {partition}: the high watermark rises to {offset}',
  'fact.isr.changed': '{at}, partition {partition}: the ISR is {isr} now',
  'fact.isr.changed.caught-up': '{at}, partition {partition}: broker {joined} is in sync again, the ISR is {isr}',
  'fact.isr.changed.fell-behind': '{at}, partition {partition}: broker {left} is no longer in sync, the ISR is {isr}',
  'fact.replica.left': '{home} holds no copy of partition {partition} of {at} any more',
  'fact.controller.role': '{at} has another role as a controller, epoch {epoch}',
  'fact.controller.role.active': '{at} is the active controller from now on, epoch {epoch}',
  'fact.controller.role.standby.declared': '{at} stands by as a controller, epoch {epoch}',
  'fact.controller.role.standby': '{at} is no longer the active controller, epoch {epoch}',
  'fact.quorum.role': '{at} has another role in the quorum of controllers, epoch {term}',
  'fact.quorum.role.leader': '{at} leads the quorum of controllers from now on, epoch {term}',
  'fact.quorum.role.candidate': '{at} asks the other controllers for their votes, epoch {term}',
  'fact.quorum.role.follower': '{at} follows controller {leader}, epoch {term}',
  'fact.quorum.role.unattached': '{at} knows no leader of the controllers in epoch {term}',
  'fact.quorum.role.resigned': '{at} no longer leads the quorum of controllers, epoch {term}',
  'fact.broker.fenced': '{at} is fenced: it may lead nothing',
  'fact.broker.stopping': '{at} is asked to stop: others take over first',
  'fact.broker.unfenced': '{at} is in the cluster: the controller has unfenced it',
  'fact.broker.unfenced.registered': '{at} is in the cluster: its znode is there',
  'fact.broker.unfenced.controller-only': '{at} runs as a controller',
  'fact.request.refused': '{at}: the controller refuses {api}, {error}',

  'fact.group.state': 'Group {at}: {from} becomes {to}',
  'fact.group.state.removed': 'Group {at}: nothing is left of it',
  'fact.group.loaded': 'Group {at}: broker {coordinator} coordinates it now, as it finds it: {state}, generation {epoch}',
  'fact.group.rebalance': 'Group {at} has to rebalance',
  'fact.group.rebalance.member-added': 'Group {at} has to rebalance: {member} comes in',
  'fact.group.rebalance.member-rejoined': 'Group {at} has to rebalance: {member} joins anew',
  'fact.group.rebalance.leader-rejoined': 'Group {at} has to rebalance: its leader {member} joins anew',
  'fact.group.rebalance.metadata-changed': 'Group {at} has to rebalance: {member} wants something else than before',
  'fact.group.rebalance.static-member-replaced':
    'Group {at} has to rebalance: a static member has come back as {member} and wants something else',
  'fact.group.rebalance.left': 'Group {at} has to rebalance: {member} has left',
  'fact.group.rebalance.session-expired': 'Group {at} has to rebalance: nothing was heard of {member}',
  'fact.group.rebalance.sync-expired': 'Group {at} has to rebalance: {member} has not asked for its assignment in time',
  'fact.group.rebalance.over-capacity': 'Group {at} has to rebalance: it has too many members',
  'fact.group.rebalance.subscription-changed': 'Group {at} gets epoch {epoch}: {member} has come, or subscribes to something else',
  'fact.group.rebalance.topics-changed': 'Group {at} gets epoch {epoch}: its topics have changed',
  'fact.group.rebalance.member-removed': 'Group {at} gets epoch {epoch}: {member} is gone',
  'fact.group.delayed': 'Group {at} waits until {until} for further members',
  'fact.group.delayed.first-member': 'Group {at} was empty: it waits until {until} for further members',
  'fact.group.delayed.extended': 'Another one came: group {at} waits until {until} for further members',
  'fact.group.leader': '{member} is the leader of group {at}: it will deal out the partitions',
  'fact.group.generation':
    '{membersCount, plural, =0 {Group {at} begins generation {generation} without members} one {Group {at} begins generation {generation} with # member, assignor {protocol}} other {Group {at} begins generation {generation} with # members, assignor {protocol}}}',
  'fact.group.assigned':
    '{partitionsCount, plural, =0 {In group {at}, {member} gets no partition} other {In group {at}, {member} gets {partitions}}}',
  'fact.group.assigned.target':
    '{partitionsCount, plural, =0 {In group {at}, {member} shall have no partition} other {In group {at}, {member} shall have {partitions}}}',
  'fact.group.step': '{at} takes a step with its coordinator: {step}',
  'fact.group.step.FindCoordinator': '{at} asks which broker coordinates its group (FindCoordinator)',
  'fact.group.step.JoinGroup': '{at} asks to join its group (JoinGroup)',
  'fact.group.step.JoinGroup.member-id-required': '{at} asks to join with the member id it has got: {member} (JoinGroup)',
  'fact.group.step.JoinGroup.rebalance': '{at} joins again, for the rebalance (JoinGroup)',
  'fact.group.step.JoinGroup.gave-up-partitions': '{at} has given partitions up and joins again, so that others get them (JoinGroup)',
  'fact.group.step.Assign':
    '{at}, leader of the group, deals the partitions to {members, plural, one {# member} other {# members}} with {assignor}',
  'fact.group.step.SyncGroup': '{at} asks for its assignment (SyncGroup)',
  'fact.group.step.SyncGroup.skips': '{at}, the leader, asks for its own assignment alone (SyncGroup): nobody’s changes',
  'fact.group.step.SyncGroup.leader': '{at} sends everybody’s assignment to the coordinator (SyncGroup)',
  'fact.group.step.Told': '{at} hears with its heartbeat that the group rebalances',
  'fact.group.step.Reset': '{at} is no member any more and has to join anew: {error}',
  'fact.group.step.LeaveGroup': '{at} leaves its group (LeaveGroup)',
  'fact.group.step.LeaveGroup.poll-timeout': '{at} has not polled for too long: its client leaves the group (LeaveGroup)',
  'fact.group.step.Silent': '{at} goes without a word: a static member keeps its place for a while',
  'fact.group.step.Silent.poll-timeout': '{at} has not polled for too long: its client stops beating, and leaves the group without a word',
  'fact.group.step.OffsetCommit': '{at} commits {offsets} before it goes',
  'fact.group.step.ConsumerGroupHeartbeat': '{at} leaves its group with a last heartbeat, epoch {epoch}',
  'fact.group.step.ConsumerGroupHeartbeat.joins': '{at} asks to join its group, with a heartbeat of epoch 0',
  'fact.group.step.ConsumerGroupHeartbeat.joined': '{at} is in its group as {member}, epoch {epoch}',
  'fact.group.step.ConsumerGroupHeartbeat.poll-timeout': '{at} has not polled for too long: its client leaves the group, epoch {epoch}',
  'fact.group.step.ShareGroupHeartbeat': '{at} leaves its share group with a last heartbeat, epoch {epoch}',
  'fact.group.step.ShareGroupHeartbeat.joins': '{at} asks to join its share group, with a heartbeat of epoch 0',
  'fact.group.step.ShareGroupHeartbeat.joined': '{at} is in its share group as {member}, epoch {epoch}',
  'fact.group.step.ShareGroupHeartbeat.poll-timeout': '{at} has not polled for too long: its client leaves the share group, epoch {epoch}',
  'fact.group.step.Fenced': '{at} is fenced off at epoch {epoch} and joins anew: {error}',
  'fact.member.joined': 'Group {at}: {member} comes in',
  'fact.member.joined.static': 'Group {at}: {member} comes in as a static member',
  'fact.member.joined.replaced': 'Group {at}: {member} takes the place of {before}, both are {instance}',
  'fact.member.left': 'Group {at}: {member} is out',
  'fact.member.left.left': 'Group {at}: {member} leaves',
  'fact.member.left.session-expired': 'Group {at}: {member} is out, nothing was heard of it for its session time-out',
  'fact.member.left.rebalance-expired': 'Group {at}: {member} is out, it has not joined again in time',
  'fact.member.left.sync-expired': 'Group {at}: {member} is out, it has not asked for its assignment in time',
  'fact.member.left.group-full': 'Group {at}: {member} is out, the group has too many members',
  'fact.member.left.replaced': 'Group {at}: {member} is out, another one has its instance id',
  'fact.member.left.unloaded': 'Group {at}: {member} has to look for another coordinator',
  'fact.member.left.never-joined': 'Group {at}: {member} was given an id and did not come back',
  'fact.member.left.away': 'Group {at}: the static member {member} goes for a while and keeps its partitions',
  'fact.member.reconciled': 'Group {at}: {member} is at epoch {epoch} with {partitions}',
  'fact.member.reconciled.unrevoked_partitions': 'Group {at}: {member} has to give up {pending} before it may go on',
  'fact.member.reconciled.unreleased_partitions': 'Group {at}: {member} waits for partitions that others still have',
  'fact.partition.assigned':
    '{partitionsCount, plural, =0 {{total, plural, =0 {{at} gets no partition} other {{at} gets no further partition and keeps what it has}}} other {{at} reads {partitions} from now on}}',
  'fact.partition.revoked': '{at} gives {partitions} up',
  'fact.partition.lost': '{at} has lost {partitions}',
  'fact.offset.committed': '{at} has committed {offsets}',
  'fact.offset.committed.auto': '{at} has committed {offsets} automatically',
  'fact.offset.committed.coordinator': 'Group {at}: offset {offset} of {partition} is written down',
  'fact.offset.committed.in-transaction': 'Group {at}: offset {offset} of {partition} is written down, together with a transaction',
  'fact.offset.refused': '{at} can’t commit {offsets}: {error}',
  'fact.offset.expired': 'Group {at}: what it had committed for {partition} has expired',
  'fact.position.reset': '{at} goes on in {partition} at offset {offset}',
  'fact.position.reset.earliest': '{at} goes to the beginning of {partition}: offset {offset}',
  'fact.position.reset.latest': '{at} goes to the end of {partition}: offset {offset}',
  'fact.position.reset.none-error': '{at} does not know where to begin in {partition}, and may not choose',

  'why.kafka.partition-by-key':
    '{hashedBy} of the key {key} is {hash}; modulo {count, plural, one {# partition} other {# partitions}} that gives {partition}. So equal keys meet in one partition, until there are more partitions.',
  'why.kafka.partition-explicit': 'The application has named the partition itself; the key is not asked.',
  'why.kafka.partition-sticky':
    'It has no key: the producer sticks to one partition until batch.size bytes have gone there, then draws anew. Neither per record nor in turn.',
  'why.kafka.partition-sticky-batch':
    'It has no key: the producer sticks to one partition until its batch is closed, then draws a different one.',
  'why.kafka.partition-round-robin':
    'It has no key: the producer takes the partitions in turn, record by record, as producers did before 2.4.',
  'why.kafka.partition-random': 'It has no key: this client draws a partition at random.',
  'why.kafka.partition-unknown': 'Without metadata the partitioner cannot choose: send() waits for max.block.ms at most.',
  'why.kafka.no-metadata': 'For max.block.ms no broker has told which partitions the topic has.',
  'why.kafka.no-such-partition': 'The partition that it names does not exist; send() has waited for max.block.ms whether it would appear.',
  'why.kafka.record-too-large': 'It is larger than max.request.size or than the whole buffer.',
  'why.kafka.buffer-exhausted': 'buffer.memory was full with records that wait, and max.block.ms was over before room came.',
  'why.kafka.client-failed': 'After an error that nothing can heal, such as being fenced, a producer only refuses.',
  'why.kafka.transaction-aborted': 'What was not sent when the transaction was aborted need not be sent any more.',
  'why.kafka.delivery-timeout':
    'delivery.timeout.ms counts from send() on, over all tries. Whether the brokers have it nonetheless, the producer does not know.',
  'why.kafka.crashed': 'The buffer of a producer is memory only; whatever it had not sent is gone.',
  'why.kafka.closed':
    '{fact, select, refused {The producer was closed before it was sent.} other {The consumer is closed: it commits, gives back what it has, and leaves at once; nobody has to wait for its session time-out.}}',
  'why.kafka.fenced':
    'Another producer has come with the same transactional id: it gets a higher epoch, and what the old one had open is aborted.',
  'why.kafka.timed-out': 'It was open for longer than transaction.timeout.ms: readers with read_committed would wait for it for ever.',
  'why.kafka.release': 'The member has released it: it will be given out again, to whoever asks first.',
  'why.kafka.lock-expired':
    'A record is lent for group.share.record.lock.duration.ms, 30 s by default. The member did not say in time what became of it.',
  'why.kafka.member-gone': 'The member that had it is gone.',
  'why.kafka.reject': 'The member has rejected it for good: nobody gets it again.',
  'why.kafka.delivery-limit':
    'It was given out as often as group.share.delivery.count.limit allows, 5 times by default: it may be what makes members fail.',
  'why.kafka.log-start-moved': 'Retention has deleted it meanwhile.',
  'why.kafka.planned':
    'The application wanted it so: every so many transactions it aborts one. read_committed readers never see its records, though they are in the log.',

  'why.kafka.network-exception':
    'The connection broke before the answer came: nobody knows whether it was written. Idempotence makes it safe to send it again.',
  'why.kafka.request-timed-out':
    'The replicas in sync did not all have it in time. It is in the leader’s log, and may be confirmed when it is sent again.',
  'why.kafka.not-leader-or-follower': 'It does not lead this partition (any more). The client asks for metadata and tries the new leader.',
  'why.kafka.leader-not-available': 'At the moment the partition has no leader. The client asks again.',
  'why.kafka.unknown-topic-or-partition': 'This broker knows no such topic or partition (yet).',
  'why.kafka.fenced-leader-epoch': 'The request was made for an older leader epoch: meanwhile there is a new leader.',
  'why.kafka.unknown-leader-epoch': 'The request speaks of a leader epoch that this broker has not heard of yet.',
  'why.kafka.not-enough-replicas':
    'Fewer replicas are in sync than min.insync.replicas asks for: with acks=all nothing is written. With acks=1 it would have been.',
  'why.kafka.not-enough-replicas-after-append':
    'When it was written enough replicas were in sync, then some dropped out. It is in the log all the same.',
  'why.kafka.out-of-order-sequence-number':
    'The batch does not follow the last one of this producer: something before it is missing. Writing it would break the order.',
  'why.kafka.duplicate-sequence-number':
    'The batch was written long ago; the broker remembers the last five batches of each producer only.',
  'why.kafka.same-sequence':
    'The batch has the producer id and sequence numbers of one that is in the log: it was sent again because its answer had got lost. This is what idempotence is for.',
  'why.kafka.unknown-producer-id': 'The broker has forgotten this producer, because nothing of it is in the log any more.',
  'why.kafka.invalid-producer-epoch':
    'Another producer with the same transactional id has taken over, with a higher epoch: this one is a zombie.',
  'why.kafka.producer-fenced':
    'Another producer with the same transactional id has started: it got a higher epoch, and this one may not go on.',
  'why.kafka.invalid-txn-state': 'The coordinator does not know this transaction to be open: it has ended already, or it took too long.',
  'why.kafka.concurrent-transactions': 'The transaction before is not quite ended: its markers are still being written.',
  'why.kafka.invalid-record': 'A compacted topic takes no records without a key: nothing would say which one replaces which.',
  'why.kafka.message-too-large': 'The batch is larger than message.max.bytes.',
  'why.kafka.coordinator-not-available': 'The coordinator’s partition has no leader at the moment.',
  'why.kafka.not-coordinator': 'Another broker coordinates by now: the leader of that partition has changed.',
  'why.kafka.coordinator-load-in-progress': 'The new coordinator is still reading its partition.',

  'why.kafka.declared': 'When partitions are made, the first replica in the list of each leads: the preferred leader.',
  'why.kafka.elected':
    'The controller decides: of the replicas in the list, the first that is alive and in the ISR leads: a clean election, nothing that was confirmed is lost. The leader epoch grows by 1, so that nobody listens to the old leader.',
  'why.kafka.elected-unclean':
    'An unclean election: no replica is left that is sure to have everything. Either unclean.leader.election.enable allows the first in the list that is alive, or the last leader is back after a crash (since 4.0). What its log lacks is lost, confirmed or not.',
  'why.kafka.elected-preferred':
    'A preferred election: the first replica in the list is in sync again and gets its place back, by command or by auto.leader.rebalance.enable. The one that led until now is alive and follows.',
  'why.kafka.controller.role.declared':
    'One broker of the cluster is the active controller at a time, the others stand by; the run begins in a cluster that has one.',
  'why.kafka.controller.role.elected':
    'One broker of the cluster is the active controller at a time: the leader of the controllers’ quorum (KRaft), or whoever could create /controller first (ZooKeeper).',
  'why.kafka.resigned': 'Another one leads by now, or too few of the others answer.',
  'why.kafka.leader-known':
    'The cluster’s metadata names the leader. A follower cuts its log back to where both agree, then fetches from there.',
  'why.kafka.no-leader':
    'No replica in sync is alive. With unclean.leader.election.enable off the partition waits for one of them, rather than lose confirmed records.',
  'why.kafka.caught-up': 'It has reached the high watermark again: the leader asked the controller to take it back into the ISR.',
  'why.kafka.fell-behind':
    'It has not caught up for replica.lag.time.max.ms, or its broker was fenced. From now on acks=all does not wait for it.',
  'why.kafka.above-watermark':
    'What lies above its high watermark may not be in the new leader’s log: without leader epochs a follower cuts it off.',
  'why.kafka.diverging-epoch':
    'In its last leader epoch the new leader’s log ended earlier: what follows was never confirmed by the whole ISR, or the election was unclean.',
  'why.kafka.out-of-range': 'Its log has nothing in common with the leader’s any more: it begins anew at the start of the leader’s log.',
  'why.kafka.deleted': 'The topic was deleted.',
  'why.kafka.reassigned': 'Its list of replicas does not name this broker any more.',
  'why.kafka.retention-ms':
    'The newest record of its segment is older than retention.ms. Only whole closed segments are deleted, never above the high watermark; who has read them does not matter.',
  'why.kafka.retention-bytes': 'Without its segment the log still has retention.bytes. Who has read it does not matter.',
  'why.kafka.log-start': 'Its segment lies before the log start offset.',
  'why.kafka.compacted':
    'Compaction keeps of each key the newest record; a tombstone goes, too, delete.retention.ms after the first clean-up that met it. Offsets and order of what stays do not change, so gaps remain; the active segment is not touched.',
  'why.kafka.removed': 'Nobody is in it, and all that it had committed has expired.',

  'why.kafka.member-added': 'A rebalance takes everybody: with the classic protocol all members have to join again.',
  'why.kafka.member-rejoined': 'It came with a JoinGroup as if it was new.',
  'why.kafka.leader-rejoined': 'Only the leader knows the partitions: when it joins again they may have changed.',
  'why.kafka.metadata-changed': 'Its subscription, or its list of assignors, is not the same as before.',
  'why.kafka.static-member-replaced':
    'Who comes back with the same group.instance.id gets its old partitions, unless it wants something else.',
  'why.kafka.left': 'It said so (LeaveGroup): its partitions are dealt out to the others at once.',
  'why.kafka.session-expired':
    'For its whole session time-out no heartbeat came: its process has died, or the network between. Until then its partitions were read by nobody.',
  'why.kafka.rebalance-expired':
    'A rebalance waits for everybody’s JoinGroup, as long as the largest max.poll.interval.ms; then it goes on without the rest.',
  'why.kafka.sync-expired': 'It has joined, and did not ask for its assignment (SyncGroup) in time.',
  'why.kafka.over-capacity': 'The group has more members than group.max.size.',
  'why.kafka.group-full': 'The group has more members than group.max.size.',
  'why.kafka.replaced': 'A static member has come back: same group.instance.id, new member id, same partitions, no rebalance.',
  'why.kafka.unloaded':
    'The partition of __consumer_offsets in which the group is kept has another leader now: that is the new coordinator.',
  'why.kafka.never-joined':
    'A new member is sent away with an id first (MEMBER_ID_REQUIRED), so that a lost answer leaves no ghost behind.',
  'why.kafka.away': 'It is a static member: its partitions wait for it until its session time-out is over.',
  'why.kafka.dynamic': 'It has no group.instance.id: when it goes and comes back it is somebody new.',
  'why.kafka.static': 'It has a group.instance.id: its place is kept while it restarts.',
  'why.kafka.first-member':
    'Members that start together shall not cause a rebalance each: an empty group waits (group.initial.rebalance.delay.ms).',
  'why.kafka.extended': 'Whoever comes in the meantime opens the window once more, up to the rebalance time-out.',
  'why.kafka.subscription-changed': 'Each change gives the group a new epoch, and the coordinator works out who shall have what.',
  'why.kafka.topics-changed': 'A topic was added or has more partitions: the group gets a new epoch and a new target assignment.',
  'why.kafka.member-removed': 'Each change gives the group a new epoch; the others get what the one who is gone had.',
  'why.kafka.target':
    'In the new protocol (KIP-848) the coordinator assigns. Each member changes over by itself with its next heartbeats; nobody else has to stop.',
  'why.kafka.stable': 'It has all that it shall have in this epoch.',
  'why.kafka.unrevoked_partitions': 'It has partitions that others shall have. Its epoch goes on when its heartbeat no longer lists them.',
  'why.kafka.unreleased_partitions':
    'A partition is given to it only when its former reader has let go of it: never do two members read it at once.',

  'why.kafka.first': 'It has just started. As a new member it first gets a member id and has to ask again with it.',
  'why.kafka.member-id-required': 'The coordinator has sent it away with an id; members that never come back cost nothing that way.',
  'why.kafka.rebalance':
    'Members are never called: they hear of a rebalance in the answer to a heartbeat, and join again when they next poll.',
  'why.kafka.gave-up-partitions':
    'Cooperative rebalancing takes two rounds: first partitions are given up, then the second rebalance hands them out.',
  'why.kafka.leader':
    'The first member is the leader: with the classic protocol the clients assign, and the coordinator only passes it on.',
  'why.kafka.skips':
    'It is a static member that has come back: the group keeps its generation, and the coordinator has everybody’s assignment still.',
  'why.kafka.follower': 'The coordinator keeps it waiting until the leader’s SyncGroup has come.',
  'why.kafka.joins': 'In the new protocol there is only one request, the heartbeat. Epoch 0 means: I want to come in.',
  'why.kafka.joined': 'The coordinator has given it an id, an epoch and an assignment.',
  'why.kafka.poll-timeout':
    'The application has not called poll() for max.poll.interval.ms. The heartbeat thread lives and takes it out: otherwise nobody would read its partitions.',
  'why.kafka.unsubscribed': 'It subscribes to nothing any more.',
  'why.kafka.failed': 'poll() has thrown an error, and the application has ended.',
  'why.kafka.unknown-member-id':
    'The coordinator has taken it out in the meantime. All of its partitions may be another’s by now: they count as lost, and it begins anew.',
  'why.kafka.illegal-generation': 'It speaks of a generation that is over: the group has rebalanced without it.',
  'why.kafka.fenced-instance-id': 'Another process has joined with the same group.instance.id: this one may not go on.',
  'why.kafka.fenced-member-epoch': 'Its epoch is not the one that the coordinator knows: it has to begin anew at epoch 0.',
  'why.kafka.stale-member-epoch': 'Its epoch has moved on since it sent this.',
  'why.kafka.rebalance-in-progress':
    'The group is in the middle of a rebalance: until the new assignment is there the coordinator takes nothing from the old one.',

  'why.kafka.group.step.subscription-changed':
    'It subscribes to something else than before: everybody has to join again, so that it is dealt out anew.',
  'why.kafka.group.step.topics-changed': 'As the leader it has seen that topics or partitions have changed, and asks for a rebalance.',
  'why.kafka.NoOffsetForPartitionException':
    'Its group has committed nothing for a partition, and auto.offset.reset is none: poll() throws.',
  'why.kafka.OffsetOutOfRangeException': 'Its position is not in the log any more, and auto.offset.reset is none: poll() throws.',
  'why.kafka.FENCED_INSTANCE_ID': 'Another process has joined with the same group.instance.id: this one may not go on.',
  'why.kafka.UNRELEASED_INSTANCE_ID': 'Another process with the same group.instance.id is still in the group.',
  'why.kafka.INCONSISTENT_GROUP_PROTOCOL': 'It has no assignor in common with all the others, or the group speaks another protocol.',
  'why.kafka.INVALID_SESSION_TIMEOUT': 'Its session time-out is outside of what the broker allows: by default from 6 s to 30 min.',
  'why.kafka.GROUP_MAX_SIZE_REACHED': 'The group has as many members as group.max.size allows.',
  'why.kafka.UNSUPPORTED_VERSION': 'The broker is too old for what it asks.',
  'why.kafka.UNSUPPORTED_ASSIGNOR': 'The broker does not have the assignor that it asks for (group.consumer.assignors).',
  'why.kafka.INVALID_GROUP_ID': 'A group needs a name that is not empty.',
  'why.kafka.GROUP_ID_NOT_FOUND': 'There is a group of that name, and it speaks another protocol; or there is none.',
  'why.kafka.INVALID_REQUEST': 'The coordinator can make nothing of the request.',
  'why.kafka.invalid-replication-factor': 'There are fewer brokers than replicas asked for.',
  'why.kafka.invalid-partitions': 'A topic needs partitions, and never gets fewer than it has.',
  'why.kafka.invalid-replica-assignment': 'The list of replicas names a broker twice, or one that is not there.',
  'why.kafka.topic-already-exists': 'There is a topic of that name.',
  'why.kafka.election-not-needed': 'The preferred replica leads already.',
  'why.kafka.controlled-shutdown': 'A controlled shutdown: the controller moves its leaders before it stops.',
  'why.kafka.node-exists': 'Its former session has not ended yet, so its znode is still there. It tries again until that is gone.',
  'why.kafka.new-epoch': 'It led before and goes on leading, in a new epoch: the controller has changed who is in sync.',
  'why.kafka.replica-stopped': 'The controller has told this replica to stop.',
  'why.kafka.preferred-leader-not-available': 'The preferred replica is not alive, or not in sync.',
  'why.kafka.eligible-leaders-not-available': 'No replica that may lead is alive.',
  'why.kafka.stale-broker-epoch': 'The request comes from an earlier life of this broker.',
  'why.kafka.duplicate-broker-registration': 'Another broker with the same id is registered, and its session is not over.',
  'why.kafka.not-controller': 'Another one is the active controller.',

  'why.kafka.auto':
    '{fact, select, refused {Auto commit: it is no active member at this moment, so that the coordinator takes nothing from it.} other {enable.auto.commit: inside poll(), once auto.commit.interval.ms is over, and before a rebalance, it commits what earlier polls returned. What is committed is the next offset to read.}}',
  'why.kafka.sync':
    '{fact, select, refused {commitSync(): it is no active member (any more), or its generation is over. What it did will be done again by whoever has the partition.} other {commitSync(): the application waits for the answer. What is committed is the next offset to read, and it covers all before it.}}',
  'why.kafka.async':
    '{fact, select, refused {commitAsync(): nobody tries it again; a later commit covers it.} other {commitAsync(): the application went on meanwhile. What is committed is the next offset to read, and it covers all before it.}}',
  'why.kafka.coordinator':
    'Committed offsets are records of the compacted topic __consumer_offsets. The leader of the partition that the group’s name hashes to keeps them: the coordinator.',
  'why.kafka.in-transaction':
    'sendOffsetsToTransaction: these offsets count only if the transaction is committed, together with what it has written.',
  'why.kafka.earliest':
    '{cause, select, seek {The application has called seekToBeginning(). What is committed does not change by that.} outOfRange {Its position is not in the log any more, and auto.offset.reset is earliest: it goes on with the oldest that is kept.} other {The group has committed nothing for this partition, and auto.offset.reset is earliest.}}',
  'why.kafka.latest':
    '{cause, select, seek {The application has called seekToEnd(). What lies between is skipped.} outOfRange {Its position is not in the log any more, and auto.offset.reset is latest: all that is there is skipped.} other {The group has committed nothing for this partition, and auto.offset.reset is latest: what was written before is not seen.}}',
  'why.kafka.none-error':
    '{cause, select, OffsetOutOfRangeException {Its position is not in the log any more, and auto.offset.reset is none: poll() throws.} other {Nothing is committed for this partition, and auto.offset.reset is none: poll() throws.}}',
  'why.kafka.frozen':
    '{fact, select, refused {It hangs: it does nothing before it goes on.} other {The thread that polls stands still; the one that beats does not. So the coordinator notices nothing, until max.poll.interval.ms is over.}}',
} as const;
