import { createMachine } from 'xstate';

/**
 * The life of a process that works on messages. While it is down it neither receives nor works nor answers; work ends only
 * where some has begun. Work that is given up with its connection ends without a fact, so more may begin while it works.
 */
export const workerMachine = createMachine({
  id: 'worker',
  initial: 'running',
  states: {
    running: {
      initial: 'idle',
      states: {
        idle: { on: { 'message.received': 'idle', 'message.acked': 'idle', 'message.rejected': 'idle', 'work.started': 'working' } },
        working: {
          on: {
            'message.received': 'working',
            'message.acked': 'working',
            'message.rejected': 'working',
            'work.started': 'working',
            'work.finished': 'idle',
            'work.failed': 'idle',
          },
        },
      },
      on: { 'node.crashed': 'crashed' },
    },
    crashed: { on: { 'node.restarted': 'running' } },
  },
});
