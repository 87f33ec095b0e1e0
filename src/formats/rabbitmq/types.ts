import type { JsonObject } from '../../base/index.ts';

/** Versions of the broker whose refusals can be told. */
export const VERSIONS = ['3.13', '4.2', '4.3'] as const;
export type Version = (typeof VERSIONS)[number];

/** What stays of a broker's definitions once they have been read: topology and policies, never a credential. */
export interface Definitions {
  /** A whole broker's export, or that of one virtual host, whose items do not say where they belong. */
  readonly scope: 'cluster' | 'vhost';
  /** Of those that can be told about, the nearest to the one that wrote the file. */
  readonly version: Version;
  /** In the order of the file; at least one. */
  readonly vhosts: readonly VhostDefinitions[];
  /** What in the file was not understood or is of no use here. */
  readonly notes: NoteList<NoteKey>;
  /** What every version of the broker refuses already for its shape. */
  readonly refusals: NoteList<RuleKey>;
}

export interface VhostDefinitions {
  readonly name: string;
  /** The type of queues that do not say one; '' where the virtual host has none. */
  readonly defaultQueueType: string;
  readonly exchanges: readonly ExchangeDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly bindings: readonly BindingDefinition[];
  readonly policies: readonly PolicyDefinition[];
}

interface Definition {
  /** Where it stands in the file: `queues[3]`. */
  readonly path: string;
}

export interface ExchangeDefinition extends Definition {
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  /** Texts, whole numbers and booleans only, as in the tables below. */
  readonly arguments: JsonObject;
}

export interface QueueDefinition extends Definition {
  readonly name: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly arguments: JsonObject;
}

export interface BindingDefinition extends Definition {
  readonly source: string;
  readonly destination: string;
  readonly toExchange: boolean;
  readonly key: string;
  readonly arguments: JsonObject;
}

export interface PolicyDefinition extends Definition {
  readonly name: string;
  readonly pattern: string;
  readonly applyTo: string;
  readonly priority: number;
  readonly definition: JsonObject;
}

/** Something that a person should know about a file. */
export interface Note<Key extends string> {
  /** JSON path, such as `queues[3].arguments["x-foo"]`. */
  readonly path: string;
  /** i18n key `definitions.note.<key>` or `definitions.rule.<key>`. */
  readonly key: Key;
  readonly args: { readonly [name: string]: string | number };
  /** The virtual host it belongs to; undefined = the file as a whole. */
  readonly vhost?: string | undefined;
}

export interface NoteList<Key extends string> {
  readonly list: readonly Note<Key>[];
  /** So many more of these keys were found than are listed. */
  readonly more: number;
}

/** What was not understood, is not modelled, or is drawn otherwise than it was written. */
export const NOTE_KEYS = [
  'users',
  'permissions',
  'unknownKey',
  'wrongType',
  'globalParameters',
  'parameter',
  'operatorPolicy',
  'vhostNotListed',
  'exchangeType',
  'delayedExchange',
  'exchangeArgument',
  'notSimulated',
  'defaultQueueType',
  'queueArgument',
  'argumentValue',
  'tooManyArguments',
  'reservedName',
  'noName',
  'nameTooLong',
  'duplicate',
  'noSource',
  'noDestination',
  'defaultBinding',
  'bindingArguments',
  'xMatch',
  'policyKey',
  'policyPattern',
  'policyOther',
  'policyEmpty',
  'policyMany',
  'policyEffort',
  'haPolicy',
  'version',
  'exclusiveQueue',
] as const;
export type NoteKey = (typeof NOTE_KEYS)[number];

/** Rules by which a real broker refuses to import a file. */
export const RULE_KEYS = [
  'noVhost',
  'wrongType',
  'nullArgument',
  'exchangeType',
  'queueArgument',
  'notDurable',
  'transientQueue',
  'queueMode',
  'queueVersion',
  'policyName',
  'policyEmpty',
  'policyKey',
  'policyApplyTo',
  'patternTooLong',
  'patternInvalid',
] as const;
export type RuleKey = (typeof RULE_KEYS)[number];
