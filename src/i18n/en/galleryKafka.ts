export const galleryKafka = {
  'gallery.log-not-queue.title': 'A log, not a queue',
  'gallery.log-not-queue.intro':
    'Two groups read the same orders, each from its own place, and nothing leaves the log because it was read. The audit comes late and misses nothing; at 24 s it goes back to the beginning and reads everything once more.',
  'gallery.keys-partitions.title': 'Keys and partitions',
  'gallery.keys-partitions.intro':
    'The hash of the key, murmur2, decides the partition: which one gets 小明? Records without a key stay with one partition for a while. At 16 s the topic gets five partitions instead of three, and some keys move. The reader keeps the order of each partition, not that of all.',
  'gallery.group-sizes.title': 'Groups of one to four',
  'gallery.group-sizes.intro':
    'Three partitions, read by four groups of one, two, three and four members. Within a group each partition has exactly one reader. Who idles?',
  'gallery.rebalance-eager.title': 'Rebalance: eager',
  'gallery.rebalance-eager.intro':
    'Carl joins at 13 s, and Anna dies at 28 s. Each time every member gives up all its partitions, joins again, and waits until all have come: nobody reads meanwhile. A crash is noticed only when the session has timed out, here after 6 s.',
  'gallery.rebalance-coop.title': 'Rebalance: cooperative',
  'gallery.rebalance-coop.intro':
    'The same with the cooperative-sticky assignor: members keep reading what they have, and only the partition that is to move stops. It takes two rebalances, one to give it up and one to hand it out.',
  'gallery.rebalance-kip848.title': 'Rebalance: the new protocol',
  'gallery.rebalance-kip848.intro':
    'The same with the consumer protocol of Kafka 4. The broker works out who should have what, and each member gets there by itself with its heartbeats: there is no moment at which all wait for all.',
  'gallery.static-member.title': 'Static members',
  'gallery.static-member.intro':
    'One member of each group crashes and is back after three seconds, before its session has timed out. The upper members have a group.instance.id. In which group is there a rebalance?',
  'gallery.offsets.title': 'When to commit',
  'gallery.offsets.intro':
    'Three consumers of the same records crash at the same moment; they commit after the work, automatically every five seconds, and before the work. Which records are worked on twice, and which never?',
  'gallery.ack-covers.title': 'A commit covers what came before',
  'gallery.ack-covers.intro':
    'In both groups the second record fails and is not committed. Above the consumer dies at once; below it first commits the third. Is the second record ever read again?',
  'gallery.offset-reset.title': 'Where to begin',
  'gallery.offset-reset.intro':
    'Without a committed offset earliest reads from the start, latest only what comes from now on, and none gives up. The one with a commit goes on from there after its crash. The group returning comes back to a place that retention has deleted: only then its reset rule counts.',
  'gallery.replication.title': 'Replication',
  'gallery.replication.intro':
    'Followers fetch from the leader, and a record may be read once all in-sync replicas have it: the high watermark. At 11 s kafka-3 is cut off. What can the consumer read until it has left the in-sync replicas?',
  'gallery.leader-dies.title': 'The leader dies',
  'gallery.leader-dies.intro':
    'At 6 s the leader dies with a record that it alone has: the follower takes over, and the old leader cuts that record off when it returns. Later kafka-2 writes on alone and dies; the one that comes back first is behind. May it lead?',
  'gallery.leader-dies.left': 'Clean elections only',
  'gallery.leader-dies.right': 'Unclean election allowed',
  'gallery.acks-matrix.title': 'acks and min.insync.replicas',
  'gallery.acks-matrix.intro':
    'Four producers differ in acks, the lower two in min.insync.replicas. The leader dies at 5.6 s; later kafka-2 is left alone and dies, and a replica that is behind may lead. Which records are lost although they were acknowledged?',
  'gallery.controller-zk.title': 'The controller dies (ZooKeeper)',
  'gallery.controller-zk.intro':
    'Up to Kafka 3.9 with ZooKeeper: a broker counts as there while its ephemeral node in /brokers/ids is, and whoever created /controller is the controller. kafka-1 dies: once its session is over both nodes are gone, the watches of the others fire, and one of them becomes controller and gives its partition a new leader.',
  'gallery.controller-kraft.title': 'The controller dies (KRaft)',
  'gallery.controller-kraft.intro':
    'kafka-1 leads a partition and is the active controller. It dies: the other two elect a controller, and that one first waits until the session of kafka-1 has timed out before it gives its partition another leader.',
  'gallery.retention-compaction.title': 'Retention and compaction',
  'gallery.retention-compaction.intro':
    'Old segments leave by age (top) or by size (middle), whether anybody has read them or not, and always as a whole. A compacted topic keeps the newest record of each key, and a tombstone removes its key.',
  'gallery.idempotence.title': 'Idempotence',
  'gallery.idempotence.intro':
    'First an acknowledgement is lost and the record is sent again. Then one record is refused, the next is taken, and the first is sent again behind it. Which records are there twice, and in which order?',
  'gallery.idempotence.left': 'Without idempotence',
  'gallery.idempotence.right': 'With idempotence',
  'gallery.lag.title': 'Lag',
  'gallery.lag.intro':
    'More records come than one member can do, so the lag of every partition grows. Further members join at 10, 17, 24 and 31 s. What does the fifth one do, when there are four partitions?',
} as const;
