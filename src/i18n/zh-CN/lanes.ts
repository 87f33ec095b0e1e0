import type { lanes as english } from '../en/lanes.ts';

export const lanes: { readonly [K in keyof typeof english]: string } = {
  'lane.lag': '落后 {count}',
  'lane.face': '{lanes} 个分区 · 保留 {messages, number} 条',
  'lane.spoken': '{key}：{role}，{start, number} 到 {end, number}',
  'lane.spoken.all': '{lanes} 个分区：{said}',
  'lane.more': '另有 {count} 个',
  'lane.cell': '位点 offset {offset}',
  'lane.cell.key': '键 {key}',
  'lane.cell.value': '值 {value}',
  'lane.cell.control': '控制记录，由系统写入',
  'lane.cell.tombstone': '墓碑记录 tombstone：这个键已删除',
  'lane.cell.removed': '不再保留：已被压实 compaction 清除',
  'lane.cell.before': '不再保留：日志从 {start, number} 开始',
  'lane.cell.next': '下一条记录写在这里',
  'lane.title': '{store}-{lane}',
  'mark.logEnd': 'LEO',
  'mark.highWatermark': 'HW',
  'mark.lastStable': 'LSO',
  'mark.logStart': '起点',
  'value.outOfSync': '未同步',
  'value.offline': '离线',

  'traffic.label': '显示哪些流量',
  'traffic.replica': '复制',
  'traffic.control': '控制请求',
  'traffic.heartbeat': '心跳',
};
