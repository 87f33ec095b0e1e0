import { createMachine } from 'xstate';

/** What may be said of a record in a log and changes nothing there. */
const told = (state: string) => ({ 'message.confirmed': state, 'message.refused': state, 'message.duplicate': state });

/**
 * The life of a record of a log. It waits in its producer's buffer or on its way, is appended by a leader, and is committed when
 * everybody in sync has it: only then it is read. Reading takes nothing away: others read it again, and it goes when it is old.
 * One that its producer sent once more without anybody noticing is in the log twice, and each has its life. What a new leader lacks is
 * cut off elsewhere, and is lost with the last copy.
 */
export const recordMachine = createMachine({
  id: 'record',
  initial: 'buffered',
  states: {
    buffered: {
      on: {
        'message.appended': '#record.logged.appended',
        'message.appended.again': '#record.logged.duplicate',
        'message.refused': 'refused',
        // By a producer that waits for no answer: whether it arrives is another matter.
        'message.confirmed': 'buffered',
      },
    },
    logged: {
      initial: 'appended',
      states: {
        appended: { on: { 'watermark.advanced': 'committed', ...told('appended') } },
        committed: { on: { 'message.received': 'read', 'watermark.advanced': 'committed', ...told('committed') } },
        read: {
          on: { 'offset.committed': 'processed', 'message.received': 'read', 'watermark.advanced': 'read', ...told('read') },
        },
        processed: {
          on: { 'message.received': 'read', 'offset.committed': 'processed', 'watermark.advanced': 'processed', ...told('processed') },
        },
        duplicate: { on: { 'watermark.advanced': 'committed', ...told('duplicate') } },
      },
      on: { 'message.removed': 'removed', 'message.removed.truncated': 'lost' },
    },
    // Given up by its producer; what was on its way may arrive nevertheless.
    refused: { on: { 'message.appended': '#record.logged.appended' } },
    removed: { type: 'final' },
    lost: { type: 'final' },
  },
});
