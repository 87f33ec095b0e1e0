import type { stage as english } from '../en/stage.ts';

export const stage: { readonly [K in keyof typeof english]: string } = {
  'stage.ghost.dropped':
    '{why, select, unroutable {丢弃：无法路由} rejected {丢弃：被拒绝} purged {已清空} deleted {丢弃：队列被删} crashed {崩溃时丢失} autoAcked {丢失：投递即确认} other {已丢弃}}',
  'stage.ghost.returned': '{why, select, unroutable {退回：无法路由} other {已退回}}',
  'stage.ghost.expired': '已过期',
  'stage.ghost.dead-lettered': '{why, select, rejected {转入死信：被拒绝} expired {转入死信：过期} other {转入死信}}',
  'stage.ghost.rejected': '拒绝',
  'stage.ghost.requeued': '{why, select, channelClosed {回到队列：信道关闭} connectionClosed {回到队列：连接断开} other {回到队列}}',
  'stage.ghost.lost': '{why, select, down {丢失：对方已崩溃} cut {丢失：线路断开} gone {丢失：对方已离开} other {丢失}}',
  'stage.ghost.failed': '处理失败',
  'stage.frame': '{name}{role, select, response { 响应} other {}}：{from} → {to}{count, plural, =1 {} other { ×#}}',
  'stage.frame.waits': '在等响应',
  'stage.ghost.many': '{words} ×{count}',
};
