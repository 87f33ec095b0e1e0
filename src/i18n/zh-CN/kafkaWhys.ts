import type { kafkaWhys as english } from '../en/kafkaWhys.ts';

export const kafkaWhys: { readonly [K in keyof typeof english]: string } = {
  'why.kafka.message.appended': '一个分区的写入全都交给它的领导者，由它追加到日志末尾：偏移量就是下一个编号。跟随者再从它那里复制。',
  'why.kafka.message.replicated': '跟随者像消费者一样，不停地向领导者拉取。下一次拉取时，领导者才知道它复制到了哪里。',
  'why.kafka.watermark.advanced':
    '高水位是同步副本中最小的日志末端。在它以下的记录已提交：从 ISR 里选出的新领导者都有，所以消费者可以读。它总要晚一次拉取，因为跟随者要到下一次拉取才说明自己有什么。',
  'why.kafka.message.confirmed':
    '{offset, plural, =-1 {acks=0 时生产者不要答复，也就永远不知道记录到了没有。} other {broker 何时答复由 acks 决定：acks=1 时领导者写入即答复，acks=all 时要等 ISR 中每个副本都有了它。}}',
  'why.kafka.message.read': 'broker 不会主动推送：消费者自己来拉取，并说明下一条要哪个偏移量。读取不会拿走任何东西，别人照样能读。',
  'why.kafka.message.received':
    'poll() 交出的是之前已拉取的记录，最多 max.poll.records 条，每个分区内按偏移量的顺序。读取位置随之前进，但还没有提交。',
  'why.kafka.message.acquired':
    '在共享组里，分区的领导者把记录借出去：谁来要，就给谁下一批空闲的。借出期间别人拿不到。所以几个成员可以同时处理一个分区，但不保证顺序。',
  'why.kafka.message.accepted': '共享组逐条记住处理完没有，而不是只记到哪个偏移量。所以一条慢记录不会拖住其他记录。',
  'why.kafka.message.acked': 'accept：处理完了。在共享组里，每条记录各自答复。',
  'why.kafka.message.rejected': 'reject：再试也没有用，谁也不该再得到它。',
  'why.kafka.message.rejected.requeue': 'release：这次处理失败，再试一次也许能成。每借出一次，投递次数就加一。',
  'why.kafka.truncated': '跟随者的日志必须与领导者的一致。领导者没有的内容，要么从未得到整个 ISR 的确认，要么是不干净的选举造成的。',

  'why.kafka.work.started': '应用在一个线程里逐条处理 poll() 返回的记录，全部处理完才会再次 poll。',
  'why.kafka.work.finished': '算数的是提交（在共享组里是 accept），不是处理完：在那之前崩溃，就会有人再做一遍。',
  'why.kafka.work.failed':
    '这里设定每隔若干条失败一次。Kafka 并不知情：记录不会自动重来，下一次提交会把失败的这条也盖过去。只有共享组才会逐条收回记录。',

  'why.kafka.group.state.PreparingRebalance': '组里有谁、要读什么，发生了变化。全体成员都要重新加入，协调者等着它们。',
  'why.kafka.group.state.CompletingRebalance': '成员到齐了，或者等待期限已过。现在大家都等组长交来分配结果。',
  'why.kafka.group.state.Stable': '每个成员都知道自己该读什么了。',
  'why.kafka.group.state.Empty': '一个成员也没有了。组提交过的偏移量还会保留几天（offsets.retention.minutes）。',
  'why.kafka.group.state.Assigning': '组进入了新纪元，协调者正在算谁该有什么。',
  'why.kafka.group.state.Reconciling': '谁该有什么已经算定。成员各自切换；原来的成员放手之后，分区才移动。',
  'why.kafka.group.state.Dead': '没有成员，也没有任何已提交的偏移量了。',
  'why.kafka.group.loaded':
    '组的一切都存放在它的 __consumer_offsets 分区里。那个分区换了领导者：新的协调者读完它，从旧协调者停下的地方继续。',
  'why.kafka.group.leader': '第一个加入的成员当组长。经典协议由客户端分配：只有组长会得知有哪些成员、各自要读什么。',
  'why.kafka.group.generation': '每一轮加入都有编号。带着旧编号来的（比如离开过一阵的成员）会被拒绝：它的分区可能已归别人。',
  'why.kafka.group.assigned': '组长算好分配结果交了上来，协调者在各成员的 SyncGroup 答复里告诉它自己的那一份。',
  'why.kafka.group.step': '成员之间从不直接通信，只和协调者一问一答：找到它、加入、取分配结果、发心跳。',
  'why.kafka.group.step.FindCoordinator': '领导该组 __consumer_offsets 分区的那个 broker 就是协调者。问任何一个 broker 都能知道是谁。',
  'why.kafka.group.step.Assign': '经典协议由客户端而不是 broker 来分配：所以每个团队都可以用自己的分配器。',
  'why.kafka.phase.began': '谁读什么即将改变。这段时间有多长，分区就可能有多久没有人读；影响多少分区，要看协议和分配器。',
  'why.kafka.phase.ended': '留在组里的成员都知道自己该读什么了。',
  'why.kafka.partition.assigned':
    '分配结果来了：经典协议在 SyncGroup 的答复里，新协议在心跳的答复里；也可能是应用自己指定了分区。从已提交的偏移量开始读，没有就按 auto.offset.reset。',
  'why.kafka.partition.revoked': '它们要归别的成员，或者急切式再均衡要所有人交出全部分区。此时还来得及提交，好让接手者从这里继续。',
  'why.kafka.partition.lost': '它已被移出组，分区可能已归别人：再提交也来不及了。',
  'why.kafka.reading.stopped': '它交出了这个分区，或者不在了。有人接手之前，记录在日志里等着。',
  'why.kafka.reading.resumed': '这个分区现在有人读了，可能是第一次，也可能是又有人接手。这期间写入的记录一直在日志里等着。',
  'why.kafka.offset.expired': '组没有成员的时间超过了 offsets.retention.minutes（默认 7 天）。再回来时，按 auto.offset.reset 开始。',

  'why.kafka.broker.fenced':
    '控制器在 broker.session.timeout.ms 里没有收到它的心跳，无从知道它是崩溃了还是断了网；或者它刚注册，还没有跟上。在此期间由别的 broker 领导。',
  'why.kafka.broker.unfenced': '它已注册，追上了集群元数据，并按时发心跳：从现在起可以领导分区。',
  'why.kafka.registered': 'ZooKeeper 里 /brokers/ids 下的临时 znode 说明它在线，控制器监视着那里。',
  'why.kafka.controller-only': '它不是 broker：不向控制器注册，也就不会被隔离。启动之后就参加投票。',
  'why.kafka.quorum.role': '控制器之间按多数决定（Raft）：每个纪元最多有一个领导者。',
  'why.kafka.quorum.role.leader': '多数控制器在这个纪元投了它的票。元数据日志它早已读进内存，可以立刻开始工作。',
  'why.kafka.quorum.role.candidate': '它太久没有领导者的消息：于是开启新纪元，请求别人投票。',
  'why.kafka.quorum.role.follower': '它得知了这个纪元的领导者，从那里拉取元数据日志。',
  'why.kafka.quorum.role.unattached': '它听说了新纪元，但还不知道谁领导。每个纪元它只投一票。',
  'why.kafka.quorum.role.resigned': '向它拉取的控制器不到多数，或者它要停机：没有多数就不能继续，因为别人可能已选出另一个。',

  'why.kafka.transaction.state': '协调者每走一步都先写入 __transaction_state：不管谁来接手，都能把事务做完。',
  'why.kafka.transaction.marked':
    '事务涉及的每个分区里都有一条标记，说明它怎样结束。标记占一个偏移量，应用却看不到它：所以偏移量会有空缺。',
  'why.kafka.transaction.committed': '协调者已写下“提交”，从此不会再变。各分区里的标记随后写入。',

  'why.kafka.node.crashed': '手动操作。broker 日志里的内容还在磁盘上；客户端只在内存里的都没了：缓冲区、读取位置、做了一半的工作。',
  'why.kafka.node.restarted': '手动操作。broker 读回日志，重新注册；客户端是一个新进程，对之前的一无所知。',
  'why.kafka.node.resumed': '手动操作。如果停得太久，它的分区已经归了别的成员。',
  'why.kafka.part.joined': '手动操作，其余部分照常运行。',
  'why.kafka.part.left': '手动操作，其余部分照常运行。',
  'why.kafka.part.reconfigured': '手动操作，其余部分照常运行。',
  'why.kafka.line.cut': '手动操作。断掉的连线没有声音：两端都要等到各自的超时才会发现。',
  'why.kafka.line.healed': '手动操作。两端重新连接，跟随者从自己的日志末端接着拉取。',

  'why.zookeeper.session.opened': '每个客户端都有一个会话。只要有任何一台服务器听到它，会话就继续，它的临时节点也在。',
  'why.zookeeper.session.moved': '原来的服务器不再应答。会话属于整个集群（ensemble），任何一台服务器都能接着维持。',
  'why.zookeeper.session.closed': '客户端主动告别，谁也不必等会话超时。',
  'why.zookeeper.session.expired': '在整个会话超时时间里，没有一台服务器听到这个客户端。由领导者统一判定。',
  'why.zookeeper.watch.fired': '客户端在那里登记过监视。监视只触发一次：想知道下一次变化，要重新读取并重新登记。',
  'why.zookeeper.znode.created': '客户端要求的。领导者给所有写入排序，多数服务器都有了才算数。',
  'why.zookeeper.znode.changed': '客户端要求的。每次修改版本加一；客户端可以要求：只有版本还是我读到的那个，才修改。',
  'why.zookeeper.znode.deleted': '客户端要求的。',
};
