import { beforeEach, describe, expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import { addPart, configure, move, type Part, rectOf, remove, rename } from '../scenario/index.ts';
import { useUi } from '../ui/index.ts';
import { act } from './actions.ts';
import { useDocument } from './document.ts';
import { add as addNew, clock, freshEditor, named, drawnParts as parts } from './editor.testkit.ts';

const add = (id: string, at: { x: number; y: number }) => addNew('kafka', id, at);
const nameOf = (id: string | undefined) => parts().find((part) => part.id === id)?.name;
const copies = () =>
  parts()
    .filter(({ kind }) => kind === 'kafka/replica')
    .map(({ name, parent }) => `${name} in ${nameOf(parent)}`)
    .sort();
const joinsAndLeaves = () => useDocument.getState().run.interventions.map(({ verb, target }) => `${verb} ${target}`);
const set = (config: { readonly [field: string]: string | number }) => {
  const { id } = parts().find(({ kind }) => kind === 'kafka/topic')!;
  expect(act('edit.configure', (run, context) => configure(run, context, id, config))).toBe(true);
};
const box = (part: Part) => rectOf(part, catalogue.parts.get(part.kind)!);

beforeEach(() => {
  freshEditor();
  for (const n of [0, 1, 2]) add('broker', { x: 400, y: n * 440 });
  add('topic', { x: 400, y: 0 });
});

function expectRoom(): void {
  const all = parts();
  for (const part of all) {
    const inner = box(part);
    const holder = all.find(({ id }) => id === part.parent);
    const outer = holder ? box(holder) : inner;
    expect(inner.x).toBeGreaterThanOrEqual(outer.x);
    expect(inner.y).toBeGreaterThanOrEqual(outer.y);
    expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
    expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height);
    for (const other of all.filter((one) => one.parent === part.parent && one.id !== part.id)) {
      const rect = box(other);
      const isApart =
        rect.x >= inner.x + inner.width ||
        inner.x >= rect.x + rect.width ||
        rect.y >= inner.y + inner.height ||
        inner.y >= rect.y + rect.height;
      expect(`${part.name} ${other.name} ${isApart}`).toBe(`${part.name} ${other.name} true`);
    }
  }
}

describe('copies of a topic', () => {
  test('come with it into the brokers that will hold some of it, and go with it, in one step', () => {
    expect(copies()).toEqual(['topic-1 in broker-2', 'topic-1 in broker-3']);
    expectRoom();
    expect(useUi.getState().selection).toEqual([named('topic-1').id]);
    const { past } = useDocument.getState();
    useDocument.getState().undo();
    expect(parts().map(({ name }) => name)).toEqual(['broker-1', 'broker-2', 'broker-3']);
    useDocument.getState().redo();
    expect(useDocument.getState().past).toHaveLength(past.length);
    expect(act('edit.remove', (run, context) => remove(run, context, [named('topic-1').id]))).toBe(true);
    expect(copies()).toEqual([]);
  });

  test('are as many as the topic asks for, and as high as what they will hold', () => {
    const height = () => parts().find(({ kind }) => kind === 'kafka/replica')?.height ?? 0;
    const low = height();
    set({ replicationFactor: 3 });
    expect(height()).toBeGreaterThan(low);
    expectRoom();
    set({ partitions: 6 });
    expect(height()).toBe(box(named('topic-1')).height);
    expectRoom();
    set({ partitions: 1, replicationFactor: 2 });
    expect(copies()).toEqual(['topic-1 in broker-2']);
    useDocument.getState().undo();
    expect(copies()).toHaveLength(2);
  });

  test('come with a broker and go with it', () => {
    set({ partitions: 4 });
    add('broker', { x: 1_400, y: 0 });
    expect(copies()).toContain('topic-1 in broker-4');
    expectRoom();
    expect(act('edit.remove', (run, context) => remove(run, context, [named('broker-4').id]))).toBe(true);
    expect(copies()).toEqual(['topic-1 in broker-2', 'topic-1 in broker-3']);
  });

  test('bear its name and change places with it', () => {
    const topic = named('topic-1').id;
    expect(act('edit.rename', (run, context) => rename(run, context, topic, 'orders'))).toBe(true);
    expect(copies()).toEqual(['orders in broker-2', 'orders in broker-3']);
    const { x, y } = named('broker-2');
    expect(act('edit.move', (run, context) => move(run, context, [{ id: topic, x, y }]))).toBe(true);
    expect(parts().find(({ id }) => id === topic)).toMatchObject({ name: 'orders', parent: named('broker-2').id });
    expect(copies()).toEqual(['orders in broker-1', 'orders in broker-3']);
  });

  test('of a second topic stand under those of the first', () => {
    add('topic', { x: 400, y: 130 });
    expect(copies()).toHaveLength(4);
    for (const broker of ['broker-2', 'broker-3']) {
      const [first, second] = parts().filter(({ kind, parent }) => kind === 'kafka/replica' && parent === named(broker).id) as [Part, Part];
      expect(box(second).y).toBeGreaterThan(box(first).y + box(first).height);
    }
  });

  test('that someone took out stay out until the topic asks for others', () => {
    const copy = parts().find(({ kind }) => kind === 'kafka/replica')!;
    expect(act('edit.remove', (run, context) => remove(run, context, [copy.id]))).toBe(true);
    add('group', { x: 1_400, y: 0 });
    expect(copies()).toHaveLength(1);
    set({ replicationFactor: 2 });
    expect(copies()).toHaveLength(2);
  });

  test('of what comes while the cluster runs stand in every broker: where it puts partitions is not known', () => {
    clock.now = micros(2_000_000);
    add('topic', { x: 400, y: 130 });
    expect(named('topic-2').parent).toBe(named('broker-1').id);
    const earlier = ['topic-1 in broker-2', 'topic-1 in broker-3'];
    expect(copies()).toEqual([...earlier, 'topic-2 in broker-2', 'topic-2 in broker-3']);
    const joined = parts().filter(({ name }) => name === 'topic-2');
    expect(joinsAndLeaves()).toEqual(joined.map(({ id }) => `join ${id}`));
    expect(act('edit.rename', (run, context) => rename(run, context, joined[0]!.id, 'later'), { fromStart: true })).toBe(true);
    expect(copies()).toEqual(['later in broker-2', 'later in broker-3', ...earlier]);
    useDocument.getState().undo();
    add('broker', { x: 1_400, y: 0 });
    expect(copies()).toHaveLength(4);
    useDocument.getState().undo();
    clock.now = micros(3_000_000);
    expect(act('edit.remove', (run, context) => remove(run, context, [joined[0]!.id]))).toBe(true);
    expect(joinsAndLeaves().slice(3).sort()).toEqual(joined.map(({ id }) => `leave ${id}`).sort());
    clock.now = micros(0);
    useDocument.getState().undo();
    useDocument.getState().undo();
    expect(copies()).toEqual(earlier);
  });

  test('of one whose replicas are written down stand where they will be', () => {
    clock.now = micros(2_000_000);
    const { id: parent, x, y } = named('broker-1');
    const wanted = { kind: 'kafka/topic', x, y: y + 130, parent, config: { replicas: '1:3, 3:1' } };
    expect(act('edit.add', (run, context) => addPart(run, context, wanted))).toBe(true);
    expect(copies()).toContain('topic-2 in broker-3');
    expect(copies()).not.toContain('topic-2 in broker-2');
  });
});

describe('room', () => {
  test('for more partitions is made downwards: the box, what holds it, and what stands below', () => {
    const top = box(named('topic-1')).y;
    const below = box(named('broker-2')).y;
    set({ partitions: 6 });
    expect(box(named('topic-1'))).toMatchObject({ y: top, height: box(parts().find(({ kind }) => kind === 'kafka/topic')!).height });
    expect(box(named('broker-2')).y).toBeGreaterThan(below);
    expectRoom();
    useDocument.getState().undo();
    expect(box(named('broker-2')).y).toBe(below);
  });

  test('is made for partitions that come while the cluster runs, too', () => {
    const { y, height } = box(named('topic-1'));
    clock.now = micros(2_000_000);
    set({ partitions: 5 });
    expect(named('topic-1').config).toEqual({});
    expect(box(named('topic-1')).y).toBe(y);
    expect(box(named('topic-1')).height).toBe(height + 100);
    expectRoom();
  });

  test('in a group is made for the names under its members, and they stand under its head', () => {
    add('group', { x: 1_400, y: 0 });
    const { y: top } = box(named('group-1'));
    add('consumer', { x: 1_400, y: -140 });
    expect(box(named('consumer-1')).y).toBeGreaterThanOrEqual(top + 112);
    add('consumer', { x: 1_400, y: 150 });
    const group = box(named('group-1'));
    const last = box(named('consumer-2'));
    expect(group.y).toBe(top);
    expect(group.y + group.height).toBeGreaterThanOrEqual(last.y + last.height + 56);
  });
});
