export const gallery = {
  'gallery.hello.title': 'Hello',
  'gallery.hello.intro':
    'A producer never puts a message into a queue: it publishes to an exchange, here the default exchange, which really is there. The default exchange leads to every queue under the queue’s own name.',
  'gallery.round-robin.title': 'Round-robin',
  'gallery.round-robin.intro':
    'Five tasks go to two workers in turn, whatever each task weighs. With automatic acks the broker does not wait for anybody: one worker drowns, the other idles.',
  'gallery.ack-crash.title': 'A worker dies',
  'gallery.ack-crash.intro':
    'Two workers die in the middle of a task. With manual acks the unacknowledged messages come back, marked redelivered; with automatic acks they are lost.',
  'gallery.forgotten-ack.title': 'The forgotten ack',
  'gallery.forgotten-ack.intro':
    'This consumer works but never acknowledges. Unacknowledged messages pile up, and only when its channel closes do they all come back.',
  'gallery.fanout-logs.title': 'Fanout',
  'gallery.fanout-logs.intro':
    'A fanout exchange copies every message to every queue bound to it. A subscriber that comes late has missed what came before.',
  'gallery.direct-levels.title': 'Direct',
  'gallery.direct-levels.intro':
    'A direct exchange compares the routing key with the binding key, letter by letter. Several bindings to one queue still give one copy.',
  'gallery.topic-animals.title': 'Topic',
  'gallery.topic-animals.intro':
    'A star stands for exactly one word, a hash for any number of words, even none. See which bindings match each animal, and ask the others why not.',
  'gallery.headers-match.title': 'Headers',
  'gallery.headers-match.intro':
    'A headers exchange ignores the routing key and compares headers: all of them, or any. Headers that the binding does not mention do not matter.',
  'gallery.exchange-chain.title': 'A chain of exchanges',
  'gallery.exchange-chain.intro':
    'Exchanges can be bound to exchanges; two ways to the same queue still give one copy. What nothing matches goes to the alternate exchange.',
  'gallery.why-peak.title': 'A peak',
  'gallery.why-peak.intro':
    'A thousand requests arrive at once, and the service does a hundred a second. The upper queue holds the rest until there is time; the lower one takes no more than 200 and refuses the overflow at once.',
  'gallery.p2p-pubsub.title': 'Queue or topic',
  'gallery.p2p-pubsub.intro':
    'Five messages to a queue with two consumers make five deliveries in all. Five messages to two subscribers, each with a queue of its own, make ten.',
  'gallery.confirms.title': 'Publisher confirms',
  'gallery.confirms.intro':
    'The shop hears of each order whether it is safe: an unroutable one comes back and is confirmed all the same. The broker dies between taking the third and the fsync of its disk: what was not confirmed is published again.',
  'gallery.rpc.title': 'Request and reply',
  'gallery.rpc.intro':
    'A request names where its answer goes (reply-to) and which one it is (correlation id). The answer goes straight back to the channel that asked and lies in no queue.',
  'gallery.duplicate-lost-ack.title': 'A lost acknowledgement',
  'gallery.duplicate-lost-ack.intro':
    'An acknowledgement is lost on the way, so the broker delivers the debit again. On the left the account is debited twice; on the right it remembers what it has booked.',
  'gallery.cluster-classic.title': 'A cluster of two',
  'gallery.cluster-classic.intro':
    'Every node knows both queues, but the messages of a classic queue are on one node only: worker-2 reads the far queue through rabbit-1. What can it still do while rabbit-2 is stopped?',
  'gallery.cluster-quorum.title': 'A quorum queue',
  'gallery.cluster-quorum.intro':
    'One queue on three nodes. Its leader dies, and the other two elect a new one; a second one dies, and nothing goes on until most members are back.',
  'gallery.vhosts-channels.title': 'Virtual hosts and channels',
  'gallery.vhosts-channels.intro':
    'Two virtual hosts have queues of the same names and know nothing of each other. Below, the user may not read the audit queue: the broker closes that channel with 403, and the other channel of the same connection works on.',
  'gallery.durable-restart.title': 'Durable or not',
  'gallery.durable-restart.intro':
    'Persistent and transient messages lie in a durable and in a transient queue when the broker dies. Which of the four kinds is still there after the restart?',
  'gallery.nack-requeue.title': 'Nack and requeue',
  'gallery.nack-requeue.intro':
    'Every second task fails. Above it is put back to its old place in the queue and tried again; below it is thrown away for good.',
  'gallery.dead-letter.title': 'Dead letters',
  'gallery.dead-letter.intro':
    'A message dies in its queue because it is rejected, too old or one too many. The dead-letter exchange gets all three, with the reason in the header x-death.',
  'gallery.priority.title': 'Priorities',
  'gallery.priority.intro':
    'Six patients come in rising urgency. With a prefetch of 1 the backlog is taken by priority; with a prefetch of 10 all have left the queue before it could sort them.',
} as const;
