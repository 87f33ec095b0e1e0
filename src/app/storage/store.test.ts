import { describe, expect, test } from 'vitest';
import { sampleRun, sampleVocabulary as vocabulary } from '../../scenario/sample.testkit.ts';
import { createAutosave } from './autosave.ts';
import type { Claims, TabMemory } from './backend.ts';
import { FakeBrowser, fakeMemory, noClaims, quotaExceeded } from './storage.testkit.ts';
import { openStore } from './store.ts';

let clock = 1_000;
let ids = 0;
const tab = (browser: FakeBrowser, claims: Claims = browser.tab(), memory: TabMemory = fakeMemory()) =>
  openStore({ vocabulary, backend: () => browser.backend(), claims, memory, now: () => ++clock, newId: () => `w${++ids}` });

const run = sampleRun();
const titled = (title: string) => ({ ...run, scenario: { ...run.scenario, title } });

describe('work kept in the browser', () => {
  test('is listed, newest first, and comes back as it was', async () => {
    const store = await tab(new FakeBrowser());
    const [first, second] = [store.begin(), store.begin()];
    expect(await store.save(first, run, 'one')).toBe('saved');
    expect(await store.save(second, titled('Two'), 'two')).toBe('saved');
    expect((await store.list()).map((work) => work.name)).toEqual(['two', 'one']);
    expect(await store.load(first)).toEqual({ ok: true, value: run });
    await store.remove(second);
    expect((await store.list()).map((work) => work.id)).toEqual([first]);
    expect(await store.load(second)).toMatchObject({ ok: false, error: { key: 'storage.gone' } });
  });

  test('survives a reload of its tab, even when another tab has saved later', async () => {
    const browser = new FakeBrowser();
    const memory = fakeMemory();
    const claims = browser.tab();
    const before = await tab(browser, claims, memory);
    const id = before.begin();
    await before.save(id, run, 'mine');
    const other = await tab(browser);
    await other.save(other.begin(), titled('Other'), 'other');
    claims.crash();
    expect(await (await tab(browser, browser.tab(), memory)).resume()).toEqual({ id, name: 'mine', run, isCopy: false });
  });

  test('survives a crash of the tab: the newest comes back in a new one', async () => {
    const browser = new FakeBrowser();
    const claims = browser.tab();
    const before = await tab(browser, claims);
    const id = before.begin();
    await before.save(id, run, 'mine');
    claims.crash();
    expect(await (await tab(browser)).resume()).toMatchObject({ id, isCopy: false });
  });

  test('opens as a copy in a second tab, and neither overwrites the other', async () => {
    const browser = new FakeBrowser();
    const [one, two] = [await tab(browser), await tab(browser)];
    const id = one.begin();
    await one.save(id, run, 'mine');
    const copy = await two.open(id);
    if (!copy.ok) throw new Error('not opened');
    expect(copy.value).toMatchObject({ name: 'mine', run, isCopy: true });
    expect(copy.value.id).not.toBe(id);
    expect(await two.save(copy.value.id, titled('B'), 'copy')).toBe('saved');
    expect(await one.save(id, titled('A'), 'mine')).toBe('saved');
    expect(await one.load(id)).toMatchObject({ value: { scenario: { title: 'A' } } });
    expect(await one.load(copy.value.id)).toMatchObject({ value: { scenario: { title: 'B' } } });
  });

  test('is not overwritten even where tabs can’t claim it: the later one hears of a conflict', async () => {
    const browser = new FakeBrowser();
    const [one, two] = [await tab(browser, noClaims), await tab(browser, noClaims)];
    const id = one.begin();
    await one.save(id, run, 'mine');
    await two.open(id);
    expect(await two.save(id, titled('B'), 'mine')).toBe('saved');
    expect(await one.save(id, titled('A'), 'mine')).toBe('conflict');
    expect(await one.load(id)).toMatchObject({ value: { scenario: { title: 'B' } } });
  });

  test('that can’t be read any more is said, left alone, and passed over', async () => {
    const browser = new FakeBrowser();
    const store = await tab(browser);
    await store.save(store.begin(), run, 'good');
    browser.works.set('bad', { id: 'bad', name: 'bad', savedAt: 1e9, revision: 1, version: 1, run: { scenario: { __proto__: null } } });
    browser.works.set('new', { id: 'new', name: 'new', savedAt: 2e9, revision: 1, version: 99, run });
    expect(await store.load('bad')).toMatchObject({ ok: false, error: { key: 'storage.unreadable' } });
    expect(await store.load('new')).toMatchObject({ ok: false, error: { key: 'document.newer' } });
    expect(await (await tab(browser, noClaims)).resume()).toMatchObject({ name: 'good' });
    expect(browser.works.has('bad')).toBe(true);
  });
});

describe('storage that refuses', () => {
  test('is said when it is full, and again when there is room', async () => {
    const browser = new FakeBrowser();
    const store = await tab(browser);
    const heard: string[] = [];
    store.subscribe(() => heard.push(store.status));
    const id = store.begin();
    browser.refusal = quotaExceeded();
    expect(await store.save(id, run, 'x')).toBe('full');
    expect(await store.save(id, run, 'x')).toBe('full');
    browser.refusal = undefined;
    expect(await store.save(id, run, 'x')).toBe('saved');
    expect(heard).toEqual(['full', 'ok']);
  });

  test('is said when it is blocked from the start, and nothing rejects', async () => {
    const store = await openStore({
      vocabulary,
      backend: () => Promise.reject(new Error('denied')),
      claims: noClaims,
      memory: fakeMemory(),
    });
    expect(store.status).toBe('blocked');
    expect(await store.list()).toEqual([]);
    expect(await store.resume()).toBeUndefined();
    expect(await store.save(store.begin(), run, 'x')).toBe('blocked');
    await store.remove('x');
  });

  test('is said when it breaks later', async () => {
    const browser = new FakeBrowser();
    const store = await tab(browser);
    browser.refusal = new Error('gone');
    expect(await store.save(store.begin(), run, 'x')).toBe('blocked');
    expect(store.status).toBe('blocked');
  });
});

describe('autosave', () => {
  test('writes the first state at once and of many later ones only the last', async () => {
    const browser = new FakeBrowser();
    const store = await tab(browser);
    const saved: string[] = [];
    const autosave = createAutosave(store, store.begin(), { onSaved: (one) => saved.push(one.scenario.title) });
    for (const title of ['1', '2', '3', '4']) autosave.keep(titled(title), 'x');
    await autosave.settled();
    expect(saved).toEqual(['1', '4']);
    expect(browser.writes).toBe(2);
  });

  test('goes on in a copy when another tab has saved the same work', async () => {
    const browser = new FakeBrowser();
    const [one, two] = [await tab(browser, noClaims), await tab(browser, noClaims)];
    const id = one.begin();
    await one.save(id, run, 'mine');
    await two.open(id);
    await two.save(id, titled('B'), 'mine');
    const copied: string[] = [];
    const autosave = createAutosave(one, id, { onCopied: (copy) => copied.push(copy) });
    autosave.keep(titled('A1'), 'mine');
    autosave.keep(titled('A2'), 'mine');
    await autosave.settled();
    expect(copied).toEqual([autosave.id]);
    expect(await one.load(autosave.id)).toMatchObject({ value: { scenario: { title: 'A2' } } });
    expect(await one.load(id)).toMatchObject({ value: { scenario: { title: 'B' } } });
  });

  test('still writes what it was given before it turned to other work', async () => {
    const browser = new FakeBrowser();
    let openGate = () => {};
    browser.gate = new Promise((resolve) => {
      openGate = resolve;
    });
    const store = await tab(browser);
    const [first, second] = [store.begin(), store.begin()];
    const autosave = createAutosave(store, first);
    autosave.keep(titled('1'), 'x');
    autosave.keep(titled('2'), 'x');
    autosave.follow(second);
    autosave.keep(titled('3'), 'y');
    openGate();
    await autosave.settled();
    expect(await store.load(first)).toMatchObject({ value: { scenario: { title: '2' } } });
    expect(await store.load(second)).toMatchObject({ value: { scenario: { title: '3' } } });
  });
});
