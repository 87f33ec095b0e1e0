import type { Json, JsonObject } from '../../base/index.ts';
import { QUEUE_FIELDS } from '../../protocols/rabbitmq/fields.ts';
import { type Config, DOCUMENT_LIMITS, dropDefaults, type FieldTable } from '../../scenario/index.ts';

/** What of a declaration's arguments the settings of a drawn part can't hold. */
export interface Fitted {
  readonly config: Config;
  /** Names of arguments that are left out. */
  readonly left: readonly string[];
}

const FIELDS: ReadonlyMap<string, FieldTable[number]> = new Map((QUEUE_FIELDS as FieldTable).map((field) => [field.name, field]));

function inRange(field: string, value: Json | undefined, from: number): boolean {
  const found = FIELDS.get(field);
  return found?.type === 'integer' && typeof value === 'number' && value >= from && value <= found.max;
}

/**
 * The settings of a queue that has these arguments. What has a setting of its own and fits it is put there; the rest stays
 * an argument as it was written, so that nothing is lost and an export says the same again.
 */
export function queueConfig(flags: { readonly durable: boolean; readonly autoDelete: boolean }, args: JsonObject): Fitted {
  const rest = new Map<string, Json>(Object.entries(args));
  const config: { [name: string]: Json } = { ...flags };
  const take = (argument: string, field: string, fits: (value: Json | undefined) => boolean) => {
    const value = rest.get(argument);
    if (value === undefined || !fits(value)) return;
    config[field] = value;
    rest.delete(argument);
  };
  take('x-queue-type', 'queueType', (value) => value === 'quorum' || value === 'stream');
  take('x-single-active-consumer', 'singleActive', (value) => value === true);
  if (config['queueType'] === 'quorum') take('x-delivery-limit', 'deliveryLimit', (value) => inRange('deliveryLimit', value, 0));
  take('x-message-ttl', 'messageTtl', (value) => inRange('messageTtl', value, 0));
  take('x-max-length', 'maxLength', (value) => inRange('maxLength', value, 0));
  take('x-max-priority', 'maxPriority', (value) => inRange('maxPriority', value, 1));
  take('x-overflow', 'overflow', (value) => value === 'reject-publish' || value === 'reject-publish-dlx');
  take('x-dead-letter-exchange', 'deadLetterExchange', (value) => typeof value === 'string');
  if (config['deadLetterExchange'] !== undefined) {
    config['isDeadLettered'] = true;
    take('x-dead-letter-routing-key', 'deadLetterKey', (value) => typeof value === 'string' && value !== '' && value.length <= 255);
  }
  const { table, left } = tableOf(Object.fromEntries(rest), 16);
  return { config: dropDefaults(QUEUE_FIELDS, { ...config, arguments: table }), left };
}

/** A table as a field of that type can hold it. */
export function tableOf(args: JsonObject, entriesMax: number): { readonly table: JsonObject; readonly left: readonly string[] } {
  const kept: [string, Json][] = [];
  const left: string[] = [];
  for (const [name, value] of Object.entries(args)) {
    const isName = name !== '' && name.length <= DOCUMENT_LIMITS.tableNameLength;
    const isValue = typeof value !== 'string' || value.length <= DOCUMENT_LIMITS.tableTextLength;
    if (isName && isValue && kept.length < entriesMax) kept.push([name, value]);
    else left.push(name);
  }
  return { table: Object.fromEntries(kept), left };
}
