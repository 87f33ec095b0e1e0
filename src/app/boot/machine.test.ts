import { expect, test } from 'vitest';
import { createActor, waitFor } from 'xstate';
import { emptyRun } from '../../scenario/index.ts';
import { type BootSteps, bootWith, type Found, Refused } from './machine.ts';

const found: Found = { run: emptyRun(), opening: { origin: { from: 'new' }, play: false } };

function started(change: Partial<BootSteps> = {}) {
  const taken: string[] = [];
  const steps: BootSteps = {
    decode: (source) => {
      taken.push(`decode ${source.from}`);
      return Promise.resolve(found);
    },
    migrate: (value) => {
      taken.push('migrate');
      return Promise.resolve(value);
    },
    compile: () => {
      taken.push('compile');
      return Promise.resolve();
    },
    ...change,
  };
  const actor = createActor(bootWith(steps), { input: { source: { from: 'link', fragment: 'x' } } });
  actor.start();
  return { actor, taken };
}

test('a run is decoded, migrated, compiled and then ready', async () => {
  const { actor, taken } = started();
  await waitFor(actor, (state) => state.matches('ready'));
  expect(taken).toEqual(['decode link', 'migrate', 'compile']);
});

test('a damaged link is refused with its problem, and nothing of it is compiled', async () => {
  const { actor, taken } = started({ decode: () => Promise.reject(new Refused({ where: '', key: 'link.cut' })) });
  const state = await waitFor(actor, (s) => s.matches('refused'));
  expect(state.context.problem?.key).toBe('link.cut');
  expect(taken).toEqual([]);
});

test('an unforeseen failure is a problem too, never a blank page', async () => {
  const { actor } = started({ compile: () => Promise.reject(new TypeError('oops')) });
  const state = await waitFor(actor, (s) => s.matches('refused'));
  expect(state.context.problem).toMatchObject({ key: 'boot.failed', args: { message: 'oops' } });
});

test('from the page of a bad link there is a way back to the saved work', async () => {
  let isFirst = true;
  const { actor } = started({
    decode: () => {
      if (!isFirst) return Promise.resolve(found);
      isFirst = false;
      return Promise.reject(new Refused({ where: '', key: 'link.cut' }));
    },
  });
  await waitFor(actor, (s) => s.matches('refused'));
  actor.send({ type: 'OPEN', source: { from: 'storage' } });
  const state = await waitFor(actor, (s) => s.matches('ready'));
  expect(state.context.problem).toBeUndefined();
});
