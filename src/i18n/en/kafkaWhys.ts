/**
 * Why a kind of fact happens at all, where the fact has no reason of its own: `why.<system>.<kind>`, or `why.<system>.<kind>.<variant>`
 * for one of its variants.
 */
export const kafkaWhys = {
  'why.kafka.message.appended':
    'All writes of a partition go to its leader, which puts them at the end of its log: the offset is simply the next number. Followers copy it from there.',
  'why.kafka.message.replicated':
    'Followers fetch from the leader all the time, much as consumers do. With the next fetch they tell it how far they are.',
  'why.kafka.watermark.advanced':
    'The high watermark is the smallest log end among the replicas in sync. What lies below it is committed: any new leader from the ISR has it, so consumers may read it. It follows one fetch later, as only the next fetch tells what a follower has.',
  'why.kafka.message.confirmed':
    '{offset, plural, =-1 {With acks=0 the producer asks for no answer, so it never learns whether the record has arrived.} other {The broker answers when acks says so: with acks=1 once the leader has written it, with acks=all once every replica in the ISR has it.}}',
  'why.kafka.message.read':
    'Brokers send nothing unasked: a consumer fetches, and names the offset that it wants next. Reading takes nothing away, so that others can read the same.',
  'why.kafka.message.received':
    'poll() hands out what was fetched before, max.poll.records at most, partition by partition in the order of offsets. The position moves on with it; nothing is committed yet.',
  'why.kafka.message.acquired':
    'In a share group the leader of the partition lends records out, the next free ones to whoever asks. Until the loan is over nobody else gets them. So several members can work on one partition, and the order is not kept.',
  'why.kafka.message.accepted':
    'In a share group it is known of each record whether it is done, not just up to which offset. So one slow record does not hold up the others.',
  'why.kafka.message.acked': 'accept: the work is done. In a share group each record is answered by itself.',
  'why.kafka.message.rejected': 'reject: another try would not help, so nobody shall get it again.',
  'why.kafka.message.rejected.requeue':
    'release: the work has failed, and another try may do. Each time that it is lent counts as a delivery.',
  'why.kafka.truncated':
    'A follower’s log must become the same as its leader’s. What the leader does not have was never confirmed by the whole ISR, or the election was unclean.',

  'why.kafka.work.started':
    'The application works on what poll() has returned, one record after another in one thread. Until all are done it does not poll again.',
  'why.kafka.work.finished':
    'What counts is the commit (in a share group: accept), not the work: after a crash before that, somebody does the work again.',
  'why.kafka.work.failed':
    'Every so many records the work fails here. Kafka does not hear of that: nothing comes again by itself, and the next commit covers the failed record as well. Only a share group takes single records back.',

  'why.kafka.group.state.PreparingRebalance':
    'Who is in the group, or what it reads, has changed. All members have to join again; the coordinator waits for them.',
  'why.kafka.group.state.CompletingRebalance':
    'All have joined, or their time is over. Now everybody waits until the leader of the group has sent who reads what.',
  'why.kafka.group.state.Stable': 'Everybody has been told what to read.',
  'why.kafka.group.state.Empty': 'No member is left. What the group has committed is kept for some days (offsets.retention.minutes).',
  'why.kafka.group.state.Assigning': 'The group has a new epoch. The coordinator works out who shall have what.',
  'why.kafka.group.state.Reconciling':
    'It is settled who shall have what. Each member changes over by itself; a partition moves once its former reader has let go of it.',
  'why.kafka.group.state.Dead': 'Nobody is in it, and nothing is committed any more.',
  'why.kafka.group.loaded':
    'All that is known of a group is in its partition of __consumer_offsets. That partition has another leader now: it has read it, and goes on where the old coordinator was.',
  'why.kafka.group.leader':
    'The first to join is the leader. With the classic protocol the clients assign: only the leader is told who is in and what each wants to read.',
  'why.kafka.group.generation':
    'Each round of joining has a number. Whoever comes with an older one, such as a member that was away for a while, is refused: its partitions may be another’s by now.',
  'why.kafka.group.assigned':
    'The leader of the group has worked it out and sent it; the coordinator answers each member’s SyncGroup with that member’s own part.',
  'why.kafka.group.step':
    'Members never talk to each other. They ask their coordinator, one request after another: find it, join, get the assignment, send heartbeats.',
  'why.kafka.group.step.FindCoordinator':
    'A group’s coordinator is the broker that leads its partition of __consumer_offsets. Any broker can tell which one that is.',
  'why.kafka.group.step.Assign':
    'With the classic protocol a client assigns, not the broker: so each team can have an assignor of its own.',
  'why.kafka.phase.began':
    'It is about to change who reads what. How long this lasts is how long partitions may be without a reader: how many depends on the protocol and the assignor.',
  'why.kafka.phase.ended': 'Whoever is in the group knows what to read.',
  'why.kafka.partition.assigned':
    'Its assignment has come, with the answer to SyncGroup or, in the new protocol, to a heartbeat; or the application has named its partitions itself. It begins at the committed offset, else where auto.offset.reset says.',
  'why.kafka.partition.revoked':
    'They shall go to another member, or an eager rebalance takes everything from everybody. There is still time to commit, so that the next reader begins where this one ends.',
  'why.kafka.partition.lost': 'It was put out of the group, and another may have them already: for a commit it is too late.',
  'why.kafka.reading.stopped': 'It has given the partition up, or has gone. Until another one takes it over, records wait in the log.',
  'why.kafka.reading.resumed':
    'The partition has a reader now, for the first time or again. What was written meanwhile has waited in the log.',
  'why.kafka.offset.expired':
    'The group has had no members for longer than offsets.retention.minutes, 7 days by default. Who comes back begins where auto.offset.reset says.',

  'why.kafka.broker.fenced':
    'The controller has not heard its heartbeat for broker.session.timeout.ms, and can’t know whether it is dead or only cut off; or it has just registered and is not up to date yet. Until that is over others lead.',
  'why.kafka.broker.unfenced':
    'It is registered, has caught up with the cluster’s metadata and sends heartbeats: from now on it may lead partitions.',
  'why.kafka.registered': 'In ZooKeeper an ephemeral znode below /brokers/ids says that it lives; the controller watches for it.',
  'why.kafka.controller-only':
    'It is no broker: it does not register with the controller, so it is never fenced. It takes part in the vote as soon as it is up.',
  'why.kafka.quorum.role': 'Controllers agree by majority (Raft): in each epoch at most one of them leads.',
  'why.kafka.quorum.role.leader':
    'Most of the controllers voted for it in this epoch. The metadata log already is in its memory, so it can begin at once.',
  'why.kafka.quorum.role.candidate': 'It has heard nothing of a leader for too long: it opens a new epoch and asks the others.',
  'why.kafka.quorum.role.follower': 'It has heard who leads in this epoch, and fetches the metadata log from there.',
  'why.kafka.quorum.role.unattached': 'It has heard of a new epoch, but not yet of a leader in it. In each epoch it votes once.',
  'why.kafka.quorum.role.resigned':
    'Too few of the others fetch from it, or it stops: without a majority it must not go on, as they could have elected another one.',

  'why.kafka.transaction.state':
    'The coordinator writes each step to __transaction_state before it acts: whoever takes over from it can bring the transaction to its end.',
  'why.kafka.transaction.marked':
    'A marker in each of its partitions tells readers how a transaction has ended. It takes an offset, though no application gets to see it: so offsets have gaps.',
  'why.kafka.transaction.committed':
    'The coordinator has written that it is committed: from then on nothing can change it. The markers in the partitions follow.',

  'why.kafka.node.crashed':
    'By hand. What a broker has in its logs is still on its disk. A client loses what was in memory only: its buffer, its position, work that it had begun.',
  'why.kafka.node.restarted':
    'By hand. A broker reads its logs and registers anew; a client is a new process that knows nothing of the old one.',
  'why.kafka.node.resumed': 'By hand. If it stood still for too long, its group has given its partitions to others.',
  'why.kafka.part.joined': 'By hand, while everything else runs on.',
  'why.kafka.part.left': 'By hand, while everything else runs on.',
  'why.kafka.part.reconfigured': 'By hand, while everything else runs on.',
  'why.kafka.line.cut': 'By hand. A broken line is silent: each end goes on waiting until a time-out of its own.',
  'why.kafka.line.healed': 'By hand. Both ends connect anew; followers fetch from where their logs end.',

  'why.zookeeper.session.opened':
    'Each client has a session. While it is heard of, by whichever server, the session lasts, and with it its ephemeral nodes.',
  'why.zookeeper.session.moved': 'Its server did not answer any more. A session belongs to the ensemble: any server can take it on.',
  'why.zookeeper.session.closed': 'The client has said goodbye: nobody has to wait for a time-out.',
  'why.zookeeper.session.expired':
    'For the whole time-out of the session no server has heard of the client. The leader decides that for all.',
  'why.zookeeper.watch.fired':
    'The client had set a watch there. It fires once: to hear of the next change the client has to read again, and set it again.',
  'why.zookeeper.znode.created': 'A client asked for it. The leader puts all writes in order, and one counts once most servers have it.',
  'why.zookeeper.znode.changed':
    'A client asked for it. Each change raises the version, and a client can ask for it only if the version still is the one that it has read.',
  'why.zookeeper.znode.deleted': 'A client asked for it.',
} as const;
