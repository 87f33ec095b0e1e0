import type { galleryKafka as english } from '../en/galleryKafka.ts';

export const galleryKafka: { readonly [K in keyof typeof english]: string } = {
  'gallery.log-not-queue.title': '是日志，不是队列',
  'gallery.log-not-queue.intro':
    '两个消费者组读同样的订单，各有各的位置，读过的记录并不会从日志里消失。audit 来得晚，却什么也没错过；第 24 秒它回到开头，又从头读了一遍。',
  'gallery.keys-partitions.title': '键与分区',
  'gallery.keys-partitions.intro':
    '键的 murmur2 哈希决定分区：小明会进哪个分区？没有键的记录会在同一个分区里待一阵。第 16 秒主题从三个分区增加到五个，有些键就换了分区。保证的只有每个分区内的顺序，没有全局的顺序。',
  'gallery.group-sizes.title': '一到四个成员的组',
  'gallery.group-sizes.intro': '三个分区，由四个组来读，成员分别是一、二、三、四个。在一个组里，每个分区只由一个成员读。谁会闲着？',
  'gallery.rebalance-eager.title': '再均衡：急切式（eager）',
  'gallery.rebalance-eager.intro':
    'Carl 在第 13 秒加入，Anna 在第 28 秒崩溃。每一次，所有成员都交出全部分区，重新加入，等人到齐：这期间谁也不读。崩溃要等会话超时（这里是 6 秒）才会被发现。',
  'gallery.rebalance-coop.title': '再均衡：协作式（cooperative）',
  'gallery.rebalance-coop.intro':
    '同样的过程，换成 cooperative-sticky：成员手里的分区照读不误，只有要搬走的那个分区停下。为此要再均衡两次：一次交出，一次分出去。',
  'gallery.rebalance-kip848.title': '再均衡：新协议（KIP-848）',
  'gallery.rebalance-kip848.intro':
    '同样的过程，用 Kafka 4 的 consumer 协议。由 broker 算出谁该有哪些分区，每个成员靠自己的心跳逐步到位：再没有“所有人等所有人”的时刻。',
  'gallery.static-member.title': '静态成员',
  'gallery.static-member.intro':
    '两个组各有一个成员崩溃，三秒后就回来了，会话还没有超时。上面的成员设了 group.instance.id。哪个组会发生再均衡？',
  'gallery.offsets.title': '何时提交偏移量',
  'gallery.offsets.intro':
    '三个消费者读同样的记录，在同一时刻崩溃；一个干完活才提交，一个每五秒自动提交，一个先提交再干活。哪些记录处理了两遍，哪些一遍也没有？',
  'gallery.ack-covers.title': '提交会盖住前面的记录',
  'gallery.ack-covers.intro':
    '两个组里，第二条记录都处理失败，没有提交。上面的消费者当即崩溃；下面的先提交了第三条才崩溃。第二条记录还会再被读到吗？',
  'gallery.offset-reset.title': '从哪里读起',
  'gallery.offset-reset.intro':
    '没有已提交的偏移量时，earliest 从头读，latest 只读今后的，none 直接报错退出。提交过的，崩溃后从提交处接着读。returning 组回来时，它要读的位置已被保留策略删掉：这时重置规则才起作用。',
  'gallery.replication.title': '复制',
  'gallery.replication.intro':
    '跟随者从领导者那里拉取；一条记录要等所有同步副本（ISR）都有了才可以读，这条界线叫高水位。第 11 秒 kafka-3 断了联系。在它退出 ISR 之前，消费者能读到什么？',
  'gallery.leader-dies.title': '领导者崩溃',
  'gallery.leader-dies.intro':
    '第 6 秒领导者崩溃，手里有一条只有它自己有的记录：跟随者接任，旧领导者回来后把这条截掉。后来 kafka-2 独自写了一阵也崩溃了，先回来的副本却滞后。它可以当领导者吗？',
  'gallery.leader-dies.left': '只许干净选举',
  'gallery.leader-dies.right': '允许不干净选举（unclean）',
  'gallery.acks-matrix.title': 'acks 与 min.insync.replicas',
  'gallery.acks-matrix.intro':
    '四个生产者的 acks 不同，下面两个的 min.insync.replicas 不同。领导者在 5.6 秒崩溃；后来只剩 kafka-2，它也崩溃了，而滞后的副本可以当选。哪些记录明明得到了确认，却还是丢了？',
  'gallery.controller-zk.title': '控制器崩溃（ZooKeeper）',
  'gallery.controller-zk.intro':
    'Kafka 3.9 及以前：/brokers/ids 下的临时节点在，broker 才算在；谁创建了 /controller，谁就是控制器。kafka-1 崩溃后，要等会话过期，这两个节点才消失，其他 broker 的监视（watch）随之触发，其中一个成为控制器，给它的分区选出新的领导者。',
  'gallery.controller-kraft.title': '控制器崩溃（KRaft）',
  'gallery.controller-kraft.intro':
    'kafka-1 领导着一个分区，同时是活跃控制器。它崩溃了：另外两个选出新的控制器，而新控制器要等 kafka-1 的会话超时，才给它的分区换领导者。',
  'gallery.retention-compaction.title': '保留与压实',
  'gallery.retention-compaction.intro':
    '旧的日志段按时间（上）或按大小（中）整段删除，不管有没有人读过。压实（compact）的主题为每个键留下最新的一条；墓碑记录（tombstone）让它的键彻底消失。',
  'gallery.idempotence.title': '幂等',
  'gallery.idempotence.intro':
    '先是一个确认丢了，记录又发了一遍。随后一条记录被拒，后一条被收下，前一条再排到它后面重发。哪些记录有两份，顺序又是怎样？',
  'gallery.idempotence.left': '不幂等',
  'gallery.idempotence.right': '幂等',
  'gallery.lag.title': '消费滞后（lag）',
  'gallery.lag.intro':
    '来的记录比一个成员能处理的多，每个分区的滞后都在增长。第 10、17、24、31 秒各有一个成员加入。分区只有四个，第五个成员做什么？',
};
