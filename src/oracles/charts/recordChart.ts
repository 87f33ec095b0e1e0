import { createMachine } from 'xstate';

/** Read by a group or a lone reader: it stays where it is, and may be read again by others, or by the same one. */
const OF_READERS = { 'message.received': 'read', 'offset.committed': 'processed' } as const;
/** What may still be said of a record that is in a log and changes nothing there. */
const told = (state: string) => ({ 'message.confirmed': state, 'message.refused': state, 'message.duplicate': state });
/** Its end in the log: whoever has read it does not matter. */
const ENDS = { 'message.removed': 'removed', 'log.truncated': 'lost' } as const;

/**
 * The life of a record of a log, in the copy of the leader that wrote it. It waits in its producer's buffer or on its way, is
 * appended, and is committed when everybody in sync has it: only then it is read. A record that its producer sent once more
 * without anyone noticing is in the log twice, and each copy has its life.
 */
export const recordMachine = createMachine({
  id: 'record',
  initial: 'buffered',
  states: {
    buffered: {
      on: {
        'message.appended': 'appended',
        'message.appended.again': 'duplicate',
        'message.refused': 'refused',
        // Without waiting for an answer: whether it arrives is another matter.
        'message.confirmed': 'buffered',
      },
    },
    appended: { on: { 'watermark.advanced': 'committed', ...told('appended'), ...ENDS } },
    committed: { on: { ...OF_READERS, 'watermark.advanced': 'committed', ...told('committed'), ...ENDS } },
    read: { on: { ...OF_READERS, 'watermark.advanced': 'read', ...told('read'), ...ENDS } },
    processed: {
      on: { 'message.received': 'read', 'offset.committed': 'processed', 'watermark.advanced': 'processed', ...told('processed'), ...ENDS },
    },
    duplicate: { on: { 'watermark.advanced': 'committed', ...told('duplicate'), ...ENDS } },
    // Given up by its producer: what was on its way may arrive nevertheless.
    refused: { on: { 'message.appended': 'appended', 'message.appended.again': 'duplicate' } },
    removed: { type: 'final' },
    lost: { type: 'final' },
  },
});
