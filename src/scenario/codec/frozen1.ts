/**
 * What links of codec version 1 rely on. Published links hold indexes into NAMES_1 and matches in DICTIONARY_1, so
 * neither is ever edited: another table needs another codec version. Names that are not here are written as text.
 */
export const NAMES_1: readonly string[] = [
  // Kinds, most frequent first.
  'rabbitmq/binding',
  'rabbitmq/publish',
  'rabbitmq/consume',
  'rabbitmq/broker',
  'rabbitmq/exchange',
  'rabbitmq/queue',
  'rabbitmq/producer',
  'rabbitmq/consumer',
  'rabbitmq/client',
  'rabbitmq/connection',
  // Fields.
  'key',
  'type',
  'prefetch',
  'templates',
  'workMillis',
  'everyMillis',
  'mode',
  'count',
  'ackMode',
  'weight',
  'body',
  'headers',
  'list',
  'atMillis',
  'xMatch',
  'arguments',
  'durable',
  'exclusive',
  'autoDelete',
  'internal',
  'alternate',
  'work',
  'failEvery',
  'requeue',
  'forwardKey',
  'limit',
  'startMillis',
  'persistent',
  'mandatory',
  'priority',
  'cc',
  'bcc',
  'prefetchGlobal',
  'version',
  // Settings.
  'latency',
  'hop',
  'until',
  'detect',
  'colourBy',
  // Verbs.
  'publish',
  'crash',
  'restart',
  'join',
  'leave',
  'reconfigure',
  'cut',
  'heal',
  'pause',
  'resume',
  'purge',
];

/** Defaults that version 1 leaves out of links, in µs; they stay these whatever a later editor begins with. */
export const SETTINGS_1 = { latency: 400_000, hop: 300_000, until: 30_000_000, detect: 60_000_000, colourBy: 'key' } as const;

/** Texts that links are likely to hold, the likeliest last. */
export const DICTIONARY_1 =
  '"x-message-ttl":"x-max-length":"x-max-priority":"x-dead-letter-exchange":"x-dead-letter-routing-key":"x-single-active-consumer":true' +
  '"x-queue-type":"quorum""amq.direct""amq.topic""amq.fanout""amq.headers"' +
  '"订单""支付""库存""通知""邮件""日志""任务""消息""队列""生产者""消费者""交换机"' +
  '"format":"pdf""zip""report""color""colour""size""message""producer""never""auto"' +
  '"invoices","orders.created","orders.paid","orders.*","orders.#","payments","shipping","email","billing","audit","audit-log","notify","news",' +
  '"quick.orange.rabbit","lazy.orange.elephant","quick.orange.fox","lazy.brown.fox","lazy.pink.rabbit","quick.brown.fox",' +
  '"*.orange.*","*.*.rabbit","lazy.#","kern.*","*.critical","auth.info","kern.critical","animals",' +
  '"tasks","task","work","jobs","results","dead","retry","rpc_queue","hello","logs","topic_logs","direct_logs","web","app","store",' +
  '"critical","error","warning","info","debug","console","file","disk","screen","error-log","all-logs",' +
  '"sender","receiver","worker","worker-1","worker-2","worker-3","worker-4","client-1","exchange","exchange-1","exchange-2","direct","headers","any","all","default",' +
  '"topic","fanout","burst","rate",[[10,"a"],[10,"b"],[10,"c"]],[[19,1],[19,5]],' +
  '[11,"fanout"],[11,"topic"],[11,"headers"],[11,"default"],[12,1],[12,1,14,2000],[14,500],[14,1000],[14,3000],[16,"burst",17,20],[15,500],[15,2000],' +
  ',"queue-1","queue-2","queue-3","queue-4","queue-5","queue-6","consumer-1","consumer-2","consumer-3","consumer-4","producer-1","producer-2",' +
  '[0,[3,6,4,5,7],["rabbit-1","producer-1","exchange-1","queue-1","consumer-1"],[0,0,1,1,0],[3,6,4,5,5,5,7,7,7],[0,0,1,1,1,1,0,0,0],' +
  ',[44,200,45,100,46,60000],[46,20000],[46,45000],[[6000,3000],[50,51],[49],[54],[52],[[10,"' +
  '0,0,0,0,0,0,0,0],[0,[15,800,13,[[10,"[10,""],[10,"],[0,50,37.5],[0,0,0,0,0]],[0,[1,0,2],[1,2,3],[2,3,4]],[0,[1,0,0,0,2,2,2],[' +
  '1,1,1,1],[52,-48,27,20,0,0,34,[0,12,12,12,11,11,11,[[0,[3,6,4,5,5,7,7],["rabbit-1","';
