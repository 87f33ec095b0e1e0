import { GALLERY } from '../../lessons/gallery/index.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { decodeLink, encodeLink } from '../../scenario/index.ts';
import type { BenchRow } from './row.ts';

const ROUNDS = 50;

/** Sizes of the gallery's links, and what making and reading them costs beside plain JSON of the same runs. */
export function linkRows(): readonly BenchRow[] {
  const runs = GALLERY.map((entry) => entry.run);
  const links = runs.map((run) => encodeLink(run));
  const longest = Math.max(...links.map((link) => link.length));
  const json = millisPer(() => runs.forEach((run) => void JSON.parse(JSON.stringify(run))));
  const both = millisPer(() => runs.forEach((run) => void decodeLink(encodeLink(run), catalogue)));
  const count = runs.length;
  return [
    {
      name: 'link: longest of the gallery',
      value: longest,
      unit: 'characters',
      reference: 'its JSON',
      ratio: longest / JSON.stringify(runs[links.findIndex((l) => l.length === longest)]).length,
    },
    { name: 'link: encode and decode one', value: both / count, unit: 'ms', reference: 'JSON there and back', ratio: both / json },
  ];
}

function millisPer(work: () => void): number {
  work();
  const start = performance.now();
  for (let i = 0; i < ROUNDS; i++) work();
  return (performance.now() - start) / ROUNDS;
}
