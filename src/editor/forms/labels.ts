import { hasText } from '../../i18n/index.ts';
import type { Field, FieldProblem } from '../../scenario/index.ts';
import type { Texts } from '../../ui/index.ts';
import { fieldKey } from './logic.ts';

/** Where the texts of a field are: the kind, and for records in a list the list's name before it. */
export interface FieldPlace {
  readonly kind: string;
  readonly path: readonly string[];
  /** A kind that has the texts which this one lacks. */
  readonly general?: string;
}

/**
 * A field's own text; for a record inside a list, or a message published by hand, else the text that its system has
 * for messages in general (`field.<system>.message.<name>`), so that each is written once.
 */
function lookUp(t: Texts, place: FieldPlace, name: string, what: string): string | undefined {
  const [system = ''] = place.kind.split('/');
  const general = place.path.length > 0 ? [fieldKey(`${system}/message`, [name], what)] : [];
  if (place.general !== undefined) general.push(fieldKey(place.general, [...place.path, name], what));
  const key = [fieldKey(place.kind, [...place.path, name], what), ...general].find(hasText);
  return key === undefined ? undefined : t(key);
}

export function labelOf(t: Texts, place: FieldPlace, field: Field): string {
  return lookUp(t, place, field.name, 'label') ?? field.name;
}
/** One sentence; '' when there is none. */
export function helpOf(t: Texts, place: FieldPlace, field: Field): string {
  return lookUp(t, place, field.name, 'help') ?? '';
}
export function optionOf(t: Texts, place: FieldPlace, name: string, value: string): string {
  return lookUp(t, place, name, `option.${value}`) ?? value;
}

/** "1 to 1,000 ms": what a number field takes. */
export function rangeOf(t: Texts, field: Extract<Field, { type: 'integer' }>): string {
  const range = t('editor.field.range', { min: field.min, max: field.max });
  return field.unit === 'none' ? range : `${range} ${unitOf(t, field)}`;
}
export function unitOf(t: Texts, field: Extract<Field, { type: 'integer' }>): string {
  return field.unit === 'none' ? '' : t(`editor.unit.${field.unit}`);
}

/** What is wrong with a field, and what would do. */
export function complaintText(t: Texts, problem: FieldProblem): string {
  const said = t.dynamic(`problem.${problem.key}`, problem.args);
  return problem.remedy ? `${said} ${t.dynamic(`remedy.${problem.remedy}`, problem.args)}` : said;
}
