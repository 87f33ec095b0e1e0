import { ENGINE_VERSION } from '../../engine/index.ts';
import { loadSystems } from '../../protocols/drawable.ts';
import { PANELS } from '../../ui/index.ts';
import { DEFAULT_SCENARIO, galleryRun } from '../session/gallery.ts';
import { resumeWork, startKeeping } from '../session/keeping.ts';
import { openRun, wireSession } from '../session/session.ts';
import type { Address } from './address.ts';
import { type BootSteps, type Found, Refused, type Source } from './machine.ts';

export function firstSource(address: Address): Source {
  if (address.fragment !== '') return { from: 'link', fragment: address.fragment };
  if (address.scenario !== undefined) return { from: 'gallery', id: address.scenario };
  return { from: 'storage' };
}

async function fromGallery(id: string): Promise<Found> {
  if (id !== DEFAULT_SCENARIO) await loadSystems();
  const run = await galleryRun(id);
  if (!run) throw new Refused({ where: '', key: 'boot.unknownScenario', remedy: 'boot.unknownScenario', args: { id } });
  return { run, opening: { origin: { from: 'gallery', id }, play: true } };
}

async function fromLink(fragment: string): Promise<Found> {
  const [{ readLink }] = await Promise.all([import('../session/reading.ts'), loadSystems()]);
  const decoded = readLink(fragment);
  if (!decoded.ok) throw new Refused(decoded.error);
  const { run, view } = decoded.value;
  // A link that shares a moment stands there; any other plays from the start.
  const moment = view && view.time > 0 ? view.time : undefined;
  const panel = PANELS.find((known) => known === view?.panel);
  return {
    run,
    opening: { origin: { from: 'link' }, play: moment === undefined, at: moment, landing: view?.fact, canvas: view?.canvas, panel },
  };
}

async function decode(source: Source): Promise<Found> {
  if (source.from === 'link') return fromLink(source.fragment);
  if (source.from === 'gallery') return fromGallery(source.id);
  const work = source.from === 'storage' ? await resumeWork() : undefined;
  return work ? { run: work.run, opening: { origin: { from: 'storage', work: work.id }, play: false } } : fromGallery(DEFAULT_SCENARIO);
}

/** A run of an earlier engine is told by the present one; the link says which it was made with. */
async function migrate({ run, opening }: Found): Promise<Found> {
  return { run: run.engine === ENGINE_VERSION ? run : { ...run, engine: ENGINE_VERSION }, opening };
}

async function compile({ run, opening }: Found): Promise<void> {
  wireSession();
  startKeeping();
  openRun(run, opening);
}

export const BOOT_STEPS: BootSteps = { decode, migrate, compile };
