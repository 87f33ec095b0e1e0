import type { Json } from '../../../base/index.ts';

/**
 * A value in an AMQP field table. Plain JSON stands for what the usual client library makes of it (whole numbers take the
 * narrowest signed type, text is a long string, null is void); `{'!': type, value}` names the type outright.
 */
export type FieldValue = Json;
/** Headers of a message, arguments of a declaration. Key order is kept, as on the wire. */
export type Table = { readonly [key: string]: FieldValue };

/** The names RabbitMQ itself uses for field types, as they appear in its error texts. */
export type FieldType =
  | 'byte'
  | 'unsignedbyte'
  | 'short'
  | 'unsignedshort'
  | 'signedint'
  | 'unsignedint'
  | 'long'
  | 'float'
  | 'double'
  | 'decimal'
  | 'timestamp'
  | 'longstr'
  | 'binary'
  | 'bool'
  | 'void'
  | 'array'
  | 'table';

/** Types named by `{'!': …}`, as client libraries spell them. */
const NAMED: { readonly [name: string]: FieldType } = {
  byte: 'byte',
  int8: 'byte',
  unsignedbyte: 'unsignedbyte',
  uint8: 'unsignedbyte',
  short: 'short',
  int16: 'short',
  unsignedshort: 'unsignedshort',
  uint16: 'unsignedshort',
  int: 'signedint',
  int32: 'signedint',
  unsignedint: 'unsignedint',
  uint32: 'unsignedint',
  long: 'long',
  int64: 'long',
  float: 'float',
  double: 'double',
  float64: 'double',
  decimal: 'decimal',
  timestamp: 'timestamp',
  string: 'longstr',
  boolean: 'bool',
  bool: 'bool',
};

/** A field value with its AMQP type, as it is after the wire. */
export interface TypedValue {
  readonly type: FieldType;
  readonly value: Json;
}

function integerType(value: number): FieldType {
  if (value >= -0x80 && value < 0x80) return 'byte';
  if (value >= -0x8000 && value < 0x8000) return 'short';
  if (value >= -0x8000_0000 && value < 0x8000_0000) return 'signedint';
  return 'long';
}

/** The type that a value has on the wire. */
export function typed(value: FieldValue): TypedValue {
  if (value === null) return { type: 'void', value: null };
  if (typeof value === 'string') return { type: 'longstr', value };
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? integerType(value) : 'double', value };
  if (Array.isArray(value)) return { type: 'array', value };
  const marked = (value as Table)['!'];
  if (typeof marked === 'string') return { type: NAMED[marked] ?? 'longstr', value: (value as Table)['value'] ?? null };
  return { type: 'table', value };
}

const INTEGERS: ReadonlySet<FieldType> = new Set(['byte', 'unsignedbyte', 'short', 'unsignedshort', 'signedint', 'unsignedint', 'long']);

/** The types that queue and consumer arguments accept as a whole number. */
export function isInteger(type: FieldType): boolean {
  return INTEGERS.has(type);
}
