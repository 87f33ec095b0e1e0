import { createMachine } from 'xstate';

/**
 * The life of one channel between a client and a broker. An error closes the channel alone and leaves its connection as it
 * was: the client goes on with another channel. With the connection all its channels are gone.
 */
export const channelMachine = createMachine({
  id: 'channel',
  initial: 'opening',
  states: {
    opening: { on: { 'channel.opened': 'open', 'connection.closed': 'closed' } },
    open: {
      on: {
        'channel.closed': 'closed',
        'channel.closed.error': 'refused',
        'connection.closed': 'closed',
        'node.crashed': 'closed',
        'part.left': 'closed',
      },
    },
    refused: { on: { 'connection.closed': 'closed', 'node.crashed': 'closed', 'part.left': 'closed' } },
    closed: { on: { 'connection.opened': 'opening' } },
  },
});
