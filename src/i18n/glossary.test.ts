import { expect, test } from 'vitest';
import { zhCN } from './zh-CN/all.testkit.ts';

/**
 * The glossary of the Chinese texts: one word for each term, the one that Kafka's and RabbitMQ's Chinese readers meet most. Whoever
 * writes a text looks here first; what stands in the last column says the same and is not used, so that nobody takes it for another thing.
 * Names that are typed or read as they are stay English: broker, ISR, HW, LEO, acks, poll, znode, names of states and settings.
 */
const GLOSSARY: readonly (readonly [english: string, chinese: string, not: readonly string[]])[] = [
  ['leader (of a partition, a queue, a quorum)', '领导者', ['首领', '主副本', '领袖']],
  ['leader of a group', '组长', ['群主', '组领导者', '组首领']],
  ['follower', '跟随者', ['追随', '从副本']],
  ['replica, copy', '副本', ['复制品', '拷贝']],
  ['out of sync', '未同步', ['失步', '不同步']],
  ['offset', '偏移量', ['位移', '位点', '偏移值']],
  ['lag', '滞后', ['落后', '延迟量']],
  ['consumer group', '消费者组', ['消费组', '消费者群组', '消费群组']],
  ['rebalance', '再均衡', ['重平衡', '再平衡', '重新平衡', '重均衡']],
  ['coordinator', '协调者', ['协调器', '协调员']],
  ['controller', '控制器', ['控制者']],
  ['active controller', '活跃控制器', ['活动控制器', '激活的控制器', '主控制器']],
  ['controller in reserve, standby', '待命', ['候补控制器', '备用控制器']],
  ['active segment', '活跃段', ['活动段', '激活段']],
  ['segment', '段', ['片段']],
  ['compaction', '压实', ['日志压缩', '压紧', '紧缩']],
  ['tombstone', '墓碑', ['删除标记']],
  ['high watermark', '高水位', ['高水位线', '高水印', '高位水印']],
  ['epoch', '纪元', ['时代号', '朝代', '的 epoch']],
  ['generation', '世代', ['第 {generation} 代', '代次']],
  ['assignor', '分配器', ['指派器', '分派器']],
  ['partitioner', '分区器', ['分区程序']],
  ['partition', '分区', ['分片']],
  ['topic', '主题', ['话题', '题目']],
  ['producer', '生产者', ['生产方', '制造者']],
  ['consumer', '消费者', ['消费方', '消费端']],
  ['reader (whoever reads a log)', '读取方', ['读者', '阅读者']],
  ['session', '会话', ['对话']],
  ['heartbeat', '心跳', ['心搏']],
  ['fence off', '隔离', ['围栏', '屏蔽']],
  ['crash', '崩溃', ['宕机', '挂掉', '死机']],
  ['broker', 'broker', ['代理', '中间人']],
  ['exchange', '交换机', ['交换器']],
  ['channel', '信道', ['通道', '频道']],
  ['routing key', '路由键', ['路由关键字', '路由密钥']],
  ['header', '消息头', ['报头', '头信息']],
  ['prefetch', '预取', ['预读']],
  ['dead letter', '死信', ['死消息']],
  ['quorum queue', '仲裁队列', ['法定队列', '多数派队列']],
  ['ephemeral node', '临时节点', ['瞬时节点', '短暂节点']],
  ['watch', '监视', ['观察点', '监视器']],
];

test.each(GLOSSARY)('%s is %s', (_, chinese, not) => {
  const texts = Object.entries<string>(zhCN);
  expect(texts.filter(([, text]) => text.includes(chinese)).length).toBeGreaterThan(0);
  const found = texts.flatMap(([key, text]) => not.filter((word) => text.includes(word)).map((word) => `${key}: ${word}`));
  expect(found).toEqual([]);
});

test('no word is another term’s own', () => {
  const own = GLOSSARY.map(([, chinese]) => chinese);
  expect(GLOSSARY.flatMap(([, , not]) => not).filter((word) => own.includes(word))).toEqual([]);
});
