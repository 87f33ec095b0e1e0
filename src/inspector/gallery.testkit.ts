import { compile, type Program } from '../engine/index.ts';
import { GALLERY } from '../lessons/gallery/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import { sidesOf } from '../scenario/index.ts';

/** A scenario of the gallery, ready to run; of a pair one side. */
export function galleryProgram(id: string, side: 0 | 1 = 0): Program {
  const entry = GALLERY.find((one) => one.id === id);
  const run = entry && sidesOf(entry.run)[side];
  const compiled = run && compile(run, catalogue);
  if (!compiled?.ok) throw new Error(`${id} does not compile`);
  return compiled.value;
}
