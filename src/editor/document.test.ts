import { beforeEach, expect, test } from 'vitest';
import { emptyRun, type Run } from '../scenario/index.ts';
import { UNDO_STEPS_MAX, useDocument } from './document.ts';

const doc = () => useDocument.getState();
const titled = (title: string) => (run: Run) => ({ ...run, scenario: { ...run.scenario, title } });

beforeEach(() => doc().open(emptyRun()));

test('an edit can be undone and redone, name and all', () => {
  doc().edit('edit.title', titled('one'));
  doc().edit('edit.title', titled('two'));
  expect(doc().past.map((step) => step.label)).toEqual(['edit.title', 'edit.title']);
  doc().undo();
  expect(doc().run.scenario.title).toBe('one');
  doc().redo();
  expect(doc().run.scenario.title).toBe('two');
});

test('a new edit after an undo drops what could have been redone', () => {
  doc().edit('edit.title', titled('one'));
  doc().undo();
  doc().edit('edit.title', titled('other'));
  doc().redo();
  expect(doc().run.scenario.title).toBe('other');
});

test('a refused edit leaves the document and its history alone and says why', () => {
  const before = doc().run;
  expect(doc().edit('edit.add', () => ({ ok: false, error: { where: '', key: 'limit.parts' } }))).toBe(false);
  expect(doc().run).toBe(before);
  expect(doc().past).toEqual([]);
  expect(doc().lastProblem?.key).toBe('limit.parts');
  doc().edit('edit.title', titled('fine'));
  expect(doc().lastProblem).toBeUndefined();
});

test('an edit that changes nothing makes no undo step', () => {
  doc().edit('edit.move', (run) => run);
  expect(doc().past).toEqual([]);
});

test('interventions are part of the run, so undo takes them back, too', () => {
  doc().edit('edit.intervene', (run) => ({
    ok: true,
    value: { ...run, interventions: [{ at: run.scenario.settings.hop, verb: 'crash', target: 'p1', args: {} }] },
  }));
  expect(doc().run.interventions).toHaveLength(1);
  doc().undo();
  expect(doc().run.interventions).toHaveLength(0);
});

test('history is bounded, oldest steps go first', () => {
  for (let i = 0; i < UNDO_STEPS_MAX + 5; i++) doc().edit('edit.title', titled(String(i)));
  expect(doc().past).toHaveLength(UNDO_STEPS_MAX);
  for (let i = 0; i < UNDO_STEPS_MAX + 5; i++) doc().undo();
  expect(doc().run.scenario.title).toBe('4');
});

test('opening another document forgets the history of the last', () => {
  doc().edit('edit.title', titled('one'));
  doc().open(emptyRun());
  doc().undo();
  expect(doc().run.scenario.title).toBe('');
});
