export const gallery = {
  'gallery.hello.title': '你好',
  'gallery.hello.intro':
    '生产者从不直接把消息放进队列：它发布到交换机（exchange），这里是真实存在的默认交换机。默认交换机以队列名为路由键，通向每一个队列。',
  'gallery.round-robin.title': '轮询分发',
  'gallery.round-robin.intro': '五个任务轮流分给两个消费者，不管每个任务有多重。自动确认时 Broker 谁也不等：一个忙不过来，另一个闲着。',
  'gallery.ack-crash.title': '消费者崩溃',
  'gallery.ack-crash.intro':
    '两个消费者都在处理中崩溃。手动确认时，未确认的消息回到队列并标记为重新投递（redelivered）；自动确认时它们就丢了。',
  'gallery.forgotten-ack.title': '忘记确认',
  'gallery.forgotten-ack.intro': '这个消费者干活却从不确认。未确认的消息越积越多，直到它的信道（channel）关闭才全部退回队列。',
  'gallery.fanout-logs.title': '扇出交换机（fanout）',
  'gallery.fanout-logs.intro': '扇出交换机把每条消息复制到所有绑定的队列。来晚的订阅者收不到之前的消息。',
  'gallery.direct-levels.title': '直连交换机（direct）',
  'gallery.direct-levels.intro': '直连交换机逐字比较路由键与绑定键。同一个队列有多个绑定，也只得到一份副本。',
  'gallery.topic-animals.title': '主题交换机（topic）',
  'gallery.topic-animals.intro': '星号代表恰好一个词，井号代表任意多个词，也可以没有。看每种动物匹配哪些绑定，再问问其余的为什么不匹配。',
  'gallery.headers-match.title': '头交换机（headers）',
  'gallery.headers-match.intro': '头交换机忽略路由键，只比较消息头：全部匹配（all）或任一匹配（any）。绑定没有提到的消息头不影响结果。',
  'gallery.exchange-chain.title': '交换机链',
  'gallery.exchange-chain.intro':
    '交换机可以绑定到交换机；两条路通向同一个队列，也只有一份副本。谁都不匹配的消息交给备用交换机（alternate exchange）。',
  'gallery.why-peak.title': '削峰',
  'gallery.why-peak.intro':
    '一千个请求同时到来，而服务每秒只能处理一百个。上面的队列把其余的留着慢慢处理；下面的队列最多存 200 条，多出来的当场拒收。',
  'gallery.p2p-pubsub.title': '点对点与发布订阅',
  'gallery.p2p-pubsub.intro': '五条消息发到有两个消费者的队列，一共投递五次。五条消息发给两个各有队列的订阅者，一共投递十次。',
  'gallery.confirms.title': '发布确认',
  'gallery.confirms.intro':
    '商店会得知每个订单是否安全：无法路由的会被退回，但同样得到确认。broker 在收下第三个订单和磁盘 fsync 之间崩溃：没有得到确认的会重新发布。',
  'gallery.rpc.title': '请求与应答',
  'gallery.rpc.intro': '请求写明应答送到哪里（reply-to）、是哪一个请求（correlation id）。应答直接回到提问的信道，不进入任何队列。',
  'gallery.duplicate-lost-ack.title': '丢失的确认',
  'gallery.duplicate-lost-ack.intro': '确认在路上丢了，于是 broker 再次投递这笔扣款。左边的账户被扣了两次；右边的账户记得自己已经记过账。',
  'gallery.cluster-classic.title': '两个节点的集群',
  'gallery.cluster-classic.intro':
    '每个节点都知道两个队列，但经典队列的消息只在一个节点上：worker-2 通过 rabbit-1 读取远处的队列。rabbit-2 停止期间它还能做什么？',
  'gallery.cluster-quorum.title': '仲裁队列',
  'gallery.cluster-quorum.intro':
    '一个队列在三个节点上。领导者崩溃后，另外两个选出新的领导者；第二个也崩溃后，一切停止，直到多数成员回来。',
  'gallery.vhosts-channels.title': '虚拟主机与信道',
  'gallery.vhosts-channels.intro':
    '两个虚拟主机里有同名的队列，却互不相干。下面的用户无权读取 audit 队列：broker 以 403 关闭那个信道，而同一连接的另一个信道照常工作。',
  'gallery.durable-restart.title': '持久与否',
  'gallery.durable-restart.intro': 'broker 崩溃时，持久消息和非持久消息分别在持久队列和非持久队列里。重启之后，这四种里哪一种还在？',
  'gallery.nack-requeue.title': '拒绝与重新入队',
  'gallery.nack-requeue.intro': '每两个任务就有一个失败。上面的放回队列中原来的位置再试一次；下面的被彻底丢弃。',
  'gallery.dead-letter.title': '死信',
  'gallery.dead-letter.intro':
    '消息在队列里“死亡”有三种原因：被拒绝、过期、超过最大长度。死信交换机把它们都接走，原因写在消息头 x-death 里。',
  'gallery.priority.title': '优先级',
  'gallery.priority.intro':
    '六位病人依次到来，越晚越急。预取为 1 时，积压的消息按优先级取走；预取为 10 时，队列还来不及排序，消息就已经全部离开。',
} as const;
