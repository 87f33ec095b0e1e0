import { beforeEach, expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import { makeCatalogue } from '../engine/catalogue.ts';
import { PUBLISH_FIELDS } from '../protocols/rabbitmq/fields.ts';
import { vocabulary } from '../protocols/rabbitmq/vocabulary.ts';
import { emptyRun } from '../scenario/index.ts';
import { useUi } from '../ui/index.ts';
import { connectParts, connectTargets, mendLine } from './adding.ts';
import { copyText, duplicateSelected } from './clipboard.ts';
import { autoLayout, nudge, removeSelected, selectAll, undo } from './commands.ts';
import { intervene } from './deeds/deeds.ts';
import { useDocument } from './document.ts';
import { add as addNew, clock, freshEditor, named } from './editor.testkit.ts';
import { useEditor } from './environment.ts';
import { subjectOf } from './forms/PartForm.tsx';
import { parseClipboard, pasteInto } from './pasting.ts';

const catalogue = makeCatalogue([{ protocol: 'rabbitmq', kernels: new Map(), vocabulary, marks: {}, messageFields: PUBLISH_FIELDS }]);
const run = () => useDocument.getState().run;
const add = (id: string) => addNew('rabbitmq', id);
const choose = (...names: readonly string[]) => useUi.getState().set({ selection: names.map((name) => named(name).id) });

beforeEach(() => {
  freshEditor(catalogue);
});

/** producer → exchange → queue → consumer, all by commands. */
function drawHello(): void {
  add('producer');
  add('direct');
  add('queue');
  add('consumer');
  connectParts(named('producer-1').id, named('exchange-1').id);
  connectParts(named('exchange-1').id, named('queue-1').id);
  connectParts(named('queue-1').id, named('consumer-1').id);
}

test('a place added to an empty page comes with the node around it, as one undo step', () => {
  add('queue');
  expect(run().scenario.parts.map((part) => part.kind)).toEqual(['rabbitmq/broker', 'rabbitmq/queue']);
  expect(named('queue-1').parent).toBe(named('rabbit-1').id);
  undo();
  expect(run().scenario.parts).toEqual([]);
});

test('what was added is selected', () => {
  add('producer');
  expect(useUi.getState().selection).toEqual([named('producer-1').id]);
});

test('hello can be built from the palette and Connect to…', () => {
  drawHello();
  expect(run().scenario.lines.map((line) => line.kind)).toEqual(['rabbitmq/publish', 'rabbitmq/binding', 'rabbitmq/consume']);
});

test('Connect to… names what may be connected first, and says for the rest why not', () => {
  drawHello();
  const targets = connectTargets(named('producer-1').id);
  const refused = targets.filter((target) => target.refusal);
  expect(refused.map((target) => target.part.name)).toContain('queue-1');
  const firstRefused = targets.findIndex((target) => target.refusal);
  expect(targets.slice(firstRefused).every((target) => target.refusal)).toBe(true);
});

test('a refused line draws nothing, and its mend does what would work', () => {
  add('producer');
  add('queue');
  const [from, to] = [named('producer-1').id, named('queue-1').id];
  expect(connectParts(from, to)).toBe(false);
  expect(run().scenario.lines).toEqual([]);
  const target = connectTargets(from).find(({ part }) => part.id === to);
  mendLine(target!.refusal!, from, to);
  expect(run().scenario.parts.some((part) => part.config['type'] === 'default')).toBe(true);
  expect(run().scenario.lines).toHaveLength(1);
});

test('what is drawn while the run stands later joins at that time, and deleting it there takes it back', () => {
  add('queue');
  clock.now = micros(4_900_000);
  add('consumer');
  expect(run().interventions).toEqual([{ at: 4_900_000, verb: 'join', target: named('consumer-1').id, args: {} }]);
  removeSelected();
  expect(run().interventions).toEqual([]);
  expect(run().scenario.parts.map((part) => part.name)).toEqual(['rabbit-1', 'queue-1']);
});

test('deleting later lets a part leave at that time; from the start it never was', () => {
  drawHello();
  clock.now = micros(1_000_000);
  choose('consumer-1');
  removeSelected();
  expect(run().interventions.map(({ verb }) => verb)).toEqual(['leave']);
  expect(named('consumer-1')).toBeDefined();
  undo();
  useEditor.setState({ from: 'start' });
  choose('consumer-1');
  removeSelected();
  expect(named('consumer-1')).toBeUndefined();
});

test('copies go through text and keep the lines among them', () => {
  drawHello();
  selectAll();
  const clip = copyText()!;
  useDocument.getState().open(emptyRun());
  pasteInto(clip);
  expect(run().scenario.parts).toHaveLength(5);
  expect(run().scenario.lines).toHaveLength(3);
});

test('a clipboard that holds something else changes nothing', () => {
  add('queue');
  const before = run();
  for (const clip of ['hello', '{"format":"other"}', '{"format":"queuescope/fragment","parts":[{}],"lines":[]}', '[1]']) pasteInto(clip);
  expect(run()).toBe(before);
  expect(parseClipboard(`{${' '.repeat(3_000_000)}}`)).toBeUndefined();
});

test('a duplicate has a name of its own and is selected instead of the original', () => {
  add('consumer');
  const original = useUi.getState().selection;
  duplicateSelected();
  expect(named('consumer-2')).toBeDefined();
  expect(useUi.getState().selection).toEqual([named('consumer-2').id]);
  expect(useUi.getState().selection).not.toEqual(original);
});

test('arrow keys with Shift move the selection by steps of the grid', () => {
  add('consumer');
  const { x, y } = named('consumer-1');
  nudge(1, -2);
  expect(named('consumer-1')).toMatchObject({ x: x + 8, y: y - 16 });
});

test('arranging puts the way of the messages from left to right and keeps places inside their region', async () => {
  drawHello();
  await autoLayout();
  const xs = ['producer-1', 'exchange-1', 'queue-1', 'consumer-1'].map((name) => named(name).x);
  expect(xs).toEqual([...xs].sort((a, b) => a - b));
  const region = named('rabbit-1');
  for (const name of ['exchange-1', 'queue-1']) {
    expect(Math.abs(named(name).x - region.x)).toBeLessThan((region.width ?? 0) / 2);
    expect(Math.abs(named(name).y - region.y)).toBeLessThan((region.height ?? 0) / 2);
  }
  expect(Math.abs(named('producer-1').x - region.x)).toBeGreaterThan((region.width ?? 0) / 2);
});

test('a deed happens at the present time of the run', () => {
  add('consumer');
  clock.now = micros(2_000_000);
  intervene('crash', named('consumer-1').id, 'a');
  expect(run().interventions).toEqual([{ at: 2_000_000, verb: 'crash', target: named('consumer-1').id, args: {} }]);
});

test('an edit of the right side of a pair becomes a difference of the variant', () => {
  add('consumer');
  useDocument
    .getState()
    .edit('edit.compare', (before) => ({ ...before, variant: { title: '', configs: {}, without: [], parts: [], lines: [] } }));
  useUi.getState().set({ side: 'b' });
  add('producer');
  expect(run().scenario.parts.map((part) => part.name)).toEqual(['consumer-1']);
  expect(run().variant?.parts.map((part) => part.name)).toEqual(['producer-1']);
});

test('the form speaks of one kind, or says that various things are selected', () => {
  drawHello();
  expect(subjectOf([]).what).toBe('nothing');
  expect(subjectOf([named('queue-1').id])).toMatchObject({ what: 'parts', kind: { kind: 'rabbitmq/queue' } });
  expect(subjectOf([run().scenario.lines[1]!.id])).toMatchObject({ what: 'lines', kind: { kind: 'rabbitmq/binding' } });
  expect(subjectOf([named('queue-1').id, named('consumer-1').id])).toEqual({ what: 'various', count: 2 });
});
