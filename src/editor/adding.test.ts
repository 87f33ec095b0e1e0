import { beforeEach, expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import { rectOf } from '../scenario/index.ts';
import { useUi } from '../ui/index.ts';
import { connectParts, entriesOf } from './adding.ts';
import { useDocument } from './document.ts';
import { add as addNew, clock, freshEditor, named } from './editor.testkit.ts';
import { useEditor } from './environment.ts';

const run = () => useDocument.getState().run;
const add = (id: string) => addNew('kafka', id);
const select = (...ids: readonly string[]) => useUi.getState().set({ selection: ids });
const focus = (id: string) => useEditor.setState({ held: { id, selection: useUi.getState().selection } });

beforeEach(() => {
  freshEditor();
  add('group');
});

function expectInside(name: string, group: string): void {
  expect(named(name).parent).toBe(named(group).id);
  const [inner, outer] = [rectOf(named(name), 'circle'), rectOf(named(group), 'region')];
  expect(inner.x).toBeGreaterThanOrEqual(outer.x);
  expect(inner.y).toBeGreaterThanOrEqual(outer.y);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
  expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height);
}

test('a member goes into the group that is selected, as many as there are', () => {
  for (let n = 1; n <= 6; n++) {
    select(named('group-1').id);
    add('consumer');
    expectInside(`consumer-${n}`, 'group-1');
  }
});

test('a member goes into the group that has the focus, whatever was selected before', () => {
  add('broker');
  focus(named('group-1').id);
  add('consumer');
  expectInside('consumer-1', 'group-1');
});

test('what was selected later counts, not what had the focus before', () => {
  select();
  focus(named('group-1').id);
  add('broker');
  select(named('broker-1').id);
  add('consumer');
  expect(named('consumer-1').parent).toBeUndefined();
});

test('beside a member goes another one, though a second group stands where it would be', () => {
  select(named('group-1').id);
  add('consumer');
  const { x, y } = named('consumer-1');
  useDocument.getState().edit('edit.add', (before) => {
    const other = { ...named('group-1'), id: 'other', name: 'other', x: x + 260, y };
    return { ...before, scenario: { ...before.scenario, parts: [...before.scenario.parts, other] } };
  });
  select(named('consumer-1').id);
  add('consumer');
  expectInside('consumer-2', 'group-1');
});

test('a line to a group that has just been drawn shows whom the next member is for', () => {
  add('topic');
  expect(connectParts(named('topic-1').id, named('group-1').id)).toBe(true);
  add('consumer');
  expectInside('consumer-1', 'group-1');
});

test('in the middle of a run it joins inside the group', () => {
  clock.now = micros(3_000_000);
  select(named('group-1').id);
  add('consumer');
  expectInside('consumer-1', 'group-1');
  expect(run().interventions).toMatchObject([{ verb: 'join', target: named('consumer-1').id }]);
});

test('a system is drawn with its own parts, and with those of others that its lines lead to', () => {
  const kinds = (system: string) => new Set(entriesOf(system, catalogue).map(({ kind }) => kind.kind.split('/')[0]));
  expect(kinds('kafka')).toEqual(new Set(['kafka', 'zookeeper']));
  expect(kinds('zookeeper')).toEqual(new Set(['zookeeper']));
  expect(kinds('rabbitmq')).toEqual(new Set(['rabbitmq']));
});
