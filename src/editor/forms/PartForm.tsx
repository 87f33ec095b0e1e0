import { useMemo } from 'react';
import type { Json, LineId, PartId } from '../../base/index.ts';
import {
  configure,
  type EditContext,
  type Edited,
  type Line,
  type LineKind,
  type Part,
  type PartKind,
  type Run,
  rename,
} from '../../scenario/index.ts';
import { Button, useText, useUi } from '../../ui/index.ts';
import { act, activeSide, findLine, findPart, selected, whyRefused } from '../actions.ts';
import { removeSelected } from '../commands.ts';
import { DeedsButton } from '../deeds/DeedsButton.tsx';
import { useDocument } from '../document.ts';
import { host, useEditor } from '../environment.ts';
import { kindName, lineKindName } from '../names.ts';
import { FieldsEditor } from './FieldEditor.tsx';
import { FromSwitch } from './FromSwitch.tsx';
import styles from './forms.module.css';
import { NameField } from './NameField.tsx';
import { ScenarioForm } from './ScenarioForm.tsx';
import { useConfigsAt } from './useConfigAt.ts';

/** What the form is about. */
type Subject =
  | { readonly what: 'nothing' }
  | { readonly what: 'parts'; readonly kind: PartKind; readonly parts: readonly Part[] }
  | { readonly what: 'lines'; readonly kind: LineKind; readonly lines: readonly Line[] }
  | { readonly what: 'various'; readonly count: number };

export function subjectOf(ids: readonly (PartId | LineId)[]): Subject {
  const side = activeSide();
  const parts = ids.flatMap((id) => findPart(id, side) ?? []);
  const lines = ids.flatMap((id) => findLine(id, side) ?? []);
  const [part] = parts;
  const [line] = lines;
  if (!part && !line) return { what: 'nothing' };
  const { catalogue } = host();
  if (part && !line && parts.every((other) => other.kind === part.kind)) {
    const kind = catalogue.parts.get(part.kind);
    if (kind) return { what: 'parts', kind, parts };
  }
  if (line && !part && lines.every((other) => other.kind === line.kind)) {
    const kind = catalogue.lines.get(line.kind);
    if (kind) return { what: 'lines', kind, lines };
  }
  return { what: 'various', count: parts.length + lines.length };
}

/** The form of the selection; of the scenario itself when nothing is selected. */
export function PartForm() {
  // What is looked up below hangs on these three; reading them here renders the form again when they change.
  const selection = useUi((ui) => ui.selection);
  const run = useDocument((document) => document.run);
  const isReady = useEditor((state) => state.host !== undefined);
  useUi((ui) => ui.side);
  if (!isReady) return null;
  const subject = subjectOf(selected().filter((id) => selection.includes(id)));
  if (subject.what === 'nothing') return <ScenarioForm run={run} />;
  if (subject.what === 'various') return <VariousForm count={subject.count} />;
  if (subject.what === 'lines') return <LineForm key={subject.lines[0]?.id} kind={subject.kind} lines={subject.lines} />;
  return <OnePartForm key={subject.parts[0]?.id} kind={subject.kind} parts={subject.parts} />;
}

function OnePartForm({ kind, parts }: { readonly kind: PartKind; readonly parts: readonly Part[] }) {
  const t = useText();
  const [part] = parts;
  if (!part) return null;
  const isOne = parts.length === 1;
  return (
    <section className={styles.form} aria-label={t('editor.form.label')}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          {isOne ? kindName(t, kind, part) : t('editor.form.several', { count: parts.length, kind: kindName(t, kind) })}
        </h2>
        {isOne && <DeedsButton id={part.id} />}
      </div>
      {isOne && (
        <NameField
          label={t('editor.form.name')}
          value={part.name}
          onCommit={(name) => act('edit.rename', (run, context) => rename(run, context, part.id, name), { fromStart: true })}
        />
      )}
      <Fields kind={kind.kind} fields={kind.fields} ids={parts.map((one) => one.id).join('\n')} />
    </section>
  );
}

function LineForm({ kind, lines }: { readonly kind: LineKind; readonly lines: readonly Line[] }) {
  const t = useText();
  const [line] = lines;
  if (!line) return null;
  const isOne = lines.length === 1;
  const ends = { from: findPart(line.from)?.name ?? '', to: findPart(line.to)?.name ?? '' };
  return (
    <section className={styles.form} aria-label={t('editor.form.label')}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          {isOne ? lineKindName(t, kind) : t('editor.form.several', { count: lines.length, kind: lineKindName(t, kind) })}
        </h2>
        {isOne && !kind.implied && <DeedsButton id={line.id} />}
      </div>
      {isOne && <p className={styles.ends}>{t('editor.form.ends', ends)}</p>}
      {kind.implied && <p className={styles.help}>{t('editor.form.implied')}</p>}
      {!kind.implied && <Fields kind={kind.kind} fields={kind.fields} ids={lines.map((one) => one.id).join('\n')} />}
    </section>
  );
}

/** `ids`, joined by line breaks, so that it stays equal while the selection does. */
function Fields({ kind, fields, ids }: { readonly kind: string; readonly fields: PartKind['fields']; readonly ids: string }) {
  const t = useText();
  const side = activeSide();
  const list = useMemo(() => ids.split('\n'), [ids]);
  const configs = useConfigsAt(side, list);
  if (fields.length === 0) return <p className={styles.help}>{t('editor.form.nothingToSet')}</p>;
  return (
    <>
      <FromSwitch />
      <FieldsEditor
        place={{ kind, path: [] }}
        table={fields}
        configs={configs}
        onChange={(name, value) => act('edit.configure', (run, context) => configureAll(run, context, list, name, value))}
        refuse={(name, value) => whyRefused((run, context) => configureAll(run, context, list, name, value))}
      />
    </>
  );
}

/** The same value for all of them: one edit, one undo. */
export function configureAll(run: Run, context: EditContext, ids: readonly string[], name: string, value: Json): Edited<Run> {
  let result: Edited<Run> = { ok: true, value: run };
  for (const id of ids) if (result.ok) result = configure(result.value, context, id, { [name]: value });
  return result;
}

function VariousForm({ count }: { readonly count: number }) {
  const t = useText();
  return (
    <section className={styles.form} aria-label={t('editor.form.label')}>
      <h2 className={styles.title}>{t('editor.form.various', { count })}</h2>
      <p className={styles.help}>{t('editor.form.various.help')}</p>
      <Button look="danger" icon="trash" onClick={removeSelected}>
        {t('editor.command.remove')}
      </Button>
    </section>
  );
}
