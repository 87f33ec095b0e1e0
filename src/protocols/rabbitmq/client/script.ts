import type { FieldValue, Properties, Table } from '../amqp/index.ts';

/*
 * What a scripted AMQP client can be told to do: arguments of the verb `do`. Channels are known by names of the script;
 * one that is not open, because it never was or because it was closed, is opened at its next use.
 */

/** A synchronous method without its channel number. */
export interface ScriptMethod {
  readonly verb: string;
  readonly [field: string]: FieldValue;
}

/** One message of a burst. */
export interface ScriptMessage {
  readonly body: string;
  readonly properties: Properties;
}

interface Numbered {
  /** The script's own number: results carry it. */
  readonly step: number;
}

export type ScriptDeed =
  | (Numbered & { readonly do: 'open'; readonly channel: string })
  /** Sends a method and reports its reply. */
  | (Numbered & { readonly do: 'call'; readonly channel: string; readonly method: ScriptMethod })
  /** Sends all messages at once on one channel. */
  | (Numbered & {
      readonly do: 'publish';
      readonly channel: string;
      readonly exchange: string;
      readonly key: string;
      readonly mandatory: boolean;
      readonly messages: readonly ScriptMessage[];
    })
  /** Acknowledges by tag, or the latest delivery of each body. */
  | (Numbered & {
      readonly do: 'settle';
      readonly channel: string;
      readonly how: 'ack' | 'nack' | 'reject';
      readonly tag: number | null;
      readonly bodies: readonly string[];
      readonly multiple: boolean;
      readonly requeue: boolean;
    })
  /** Gets so many messages one after the other; count 0: until the queue is empty. */
  | (Numbered & { readonly do: 'get'; readonly channel: string; readonly queue: string; readonly noAck: boolean; readonly count: number })
  | (Numbered & { readonly do: 'close-channel'; readonly channel: string })
  | (Numbered & { readonly do: 'close-connection' });

/** A message as the client reports it. */
export interface SeenMessage {
  readonly body: string;
  readonly exchange: string;
  readonly key: string;
  readonly headers: Table;
  readonly priority: number | null;
}
