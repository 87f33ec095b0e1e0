import * as v from 'valibot';
import type { Json } from '../base/index.ts';
import type { Field, FieldTable } from './fields.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { sameJson } from './same.ts';
import type { Config } from './types.ts';

/** What is wrong with one field. `field` is its name, or a path into it such as `templates.0.key`. */
export interface FieldProblem {
  readonly field: string;
  /** i18n key `problem.<key>`. */
  readonly key: string;
  /** i18n key `remedy.<remedy>`. */
  readonly remedy?: string;
  readonly args: { readonly [name: string]: string | number };
}

/** The whole configuration that a part or line has when nothing is set. */
export function defaultsOf(table: FieldTable): Config {
  return Object.fromEntries(table.map((field) => [field.name, initialOf(field)]));
}

/** The configuration with what was left out filled in, also inside lists of records. Fields that the table lacks are left out. */
export function withDefaults(table: FieldTable, config: Config): Config {
  return Object.fromEntries(
    table.map((field) => {
      const value = fieldOf(config, field.name);
      if (value === undefined) return [field.name, initialOf(field)];
      return [field.name, field.type === 'list' ? records(value).map((entry) => withDefaults(field.of, entry)) : value];
    }),
  );
}

/** The one way to write a configuration: defaults left out, fields in the table's order. */
export function dropDefaults(table: FieldTable, config: Config): Config {
  const kept: [string, Json][] = [];
  for (const field of table) {
    const value = fieldOf(config, field.name);
    if (value === undefined || value === null || isInitial(field, value)) continue;
    kept.push([field.name, field.type === 'list' ? records(value).map((entry) => dropDefaults(field.of, entry)) : value]);
  }
  return Object.fromEntries(kept);
}

/** Everything that is wrong with a configuration, at most one problem a field; [] when it makes sense. Absent fields are fine. */
export function checkConfig(table: FieldTable, config: unknown): readonly FieldProblem[] {
  const result = v.safeParse(schemaOf(table), config);
  if (result.success) return [];
  const problems = new Map<string, FieldProblem>();
  for (const issue of result.issues) {
    const path = issue.path?.map((item) => String(item.key)) ?? [];
    const field = path.join('.');
    if (!problems.has(field)) problems.set(field, { field, key: issue.message, args: argsOf(table, path) });
  }
  return [...problems.values()].slice(0, DOCUMENT_LIMITS.problems);
}

function fieldOf(config: Config, name: string): Json | undefined {
  return Object.hasOwn(config, name) ? config[name] : undefined;
}

function initialOf(field: Field): Json {
  if (field.type === 'table') return {};
  if (field.type === 'list') return field.initial.map((entry) => withDefaults(field.of, entry as Config));
  return field.initial;
}

function isInitial(field: Field, value: Json): boolean {
  if (field.type !== 'list') return sameJson(value, initialOf(field));
  return sameJson(
    records(value).map((entry) => withDefaults(field.of, entry)),
    initialOf(field),
  );
}

function records(value: Json): readonly Config[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry)) : [];
}

type Schema = v.GenericSchema<unknown, unknown>;
const schemas = new WeakMap<FieldTable, Schema>();

/** The Valibot schema of a field table, made once. Messages are i18n keys. */
function schemaOf(table: FieldTable): Schema {
  let schema = schemas.get(table);
  if (!schema) {
    // Without a prototype, so that a field called `constructor` is as unknown as any other.
    const entries: Record<string, v.GenericSchema> = Object.create(null);
    for (const field of table) entries[field.name] = v.optional(schemaOfField(field));
    schema = v.pipe(
      v.custom<Record<string, unknown>>(isRecord, 'field.record'),
      v.strictObject(entries, (issue) => (issue.expected === 'never' ? 'field.unknown' : 'field.record')),
    );
    schemas.set(table, schema);
  }
  return schema;
}

function schemaOfField(field: Field): Schema {
  switch (field.type) {
    case 'integer':
      return v.pipe(
        v.number('field.integer'),
        v.integer('field.integer'),
        v.minValue(field.min, 'field.range'),
        v.maxValue(field.max, 'field.range'),
      );
    case 'boolean':
      return v.boolean('field.boolean');
    case 'choice':
      return v.picklist(field.options, 'field.choice');
    case 'text':
      return v.pipe(v.string('field.text'), v.maxLength(field.maxLength, 'field.tooLong'));
    case 'table':
      return v.pipe(
        v.custom<Config>(isRecord, 'field.table'),
        v.check((table) => Object.keys(table).length <= field.maxEntries, 'field.tooMany'),
        v.check((table) => Object.keys(table).every(isTableName), 'field.tableName'),
        v.check((table) => Object.values(table).every(isTableValue), 'field.tableValue'),
      );
    case 'list':
      return v.pipe(
        v.custom<unknown[]>(Array.isArray, 'field.list'),
        v.check((list) => list.length <= field.maxEntries, 'field.tooMany'),
        v.array(schemaOf(field.of)),
      );
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** `__proto__` is no name: code that copies a table key by key would set a prototype with it. */
function isTableName(name: string): boolean {
  return name !== '' && name !== '__proto__' && name.length <= DOCUMENT_LIMITS.tableNameLength;
}
function isTableValue(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= DOCUMENT_LIMITS.tableTextLength;
  return typeof value === 'boolean' || Number.isSafeInteger(value);
}

/** What the sentence about a field may mention: its bounds and options. */
function argsOf(table: FieldTable, path: readonly string[]): FieldProblem['args'] {
  const name = path[0] ?? '';
  const field = table.find((candidate) => candidate.name === name);
  if (!field) return { name: name.slice(0, 60) };
  if (field.type === 'list' && path.length > 2) return argsOf(field.of, path.slice(2));
  switch (field.type) {
    case 'integer':
      return { name, min: field.min, max: field.max };
    case 'choice':
      return { name, options: field.options.join(', ') };
    case 'text':
      return { name, max: field.maxLength };
    case 'table':
    case 'list':
      return { name, max: field.maxEntries };
    case 'boolean':
      return { name };
  }
}
