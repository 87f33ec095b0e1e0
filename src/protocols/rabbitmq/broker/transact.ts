import type { Context } from '../../../engine/index.ts';
import type { Tx } from '../amqp/index.ts';
import { answer, type Wire } from './channels.ts';
import { type AmqpError, preconditionFailed } from './errors.ts';
import { deliverRouted } from './publish.ts';
import { settleAll } from './settle.ts';
import type { Broker, Channel } from './state.ts';
import { NOTHING_YET, rollBack } from './transactions.ts';

/** tx.select, tx.commit and tx.rollback. */
export function transact(broker: Broker, channel: Channel, verb: Tx['verb'], wire: Wire, x: Context): AmqpError | undefined {
  if (verb === 'tx.select') {
    if (channel.confirming) return preconditionFailed('cannot switch from confirm to tx mode');
    channel.transaction ??= NOTHING_YET;
    answer(wire, { verb: 'tx.select-ok', channel: channel.number }, x);
    return undefined;
  }
  const { transaction } = channel;
  if (transaction === undefined) return preconditionFailed('channel is not transactional');
  if (verb === 'tx.commit') {
    channel.transaction = NOTHING_YET;
    for (const { exchange, message, plan } of transaction.publications)
      deliverRouted(broker, exchange, channel, message, plan, undefined, x);
    for (const { settled, how } of transaction.settlements) settleAll(broker, channel, settled, how, x);
    answer(wire, { verb: 'tx.commit-ok', channel: channel.number }, x);
  } else {
    rollBack(channel, 'rolled-back', x);
    channel.transaction = NOTHING_YET;
    answer(wire, { verb: 'tx.rollback-ok', channel: channel.number }, x);
  }
  return undefined;
}
