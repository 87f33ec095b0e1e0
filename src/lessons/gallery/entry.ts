import type { Run } from '../../scenario/index.ts';

/** Sections of the gallery; a heading is `gallery.part.<part>`. */
export type GalleryPart = 'rabbitmq' | 'kafka';

/** A scenario that the product ships; its title and introduction are `gallery.<id>.title` and `.intro`. */
export interface GalleryEntry {
  readonly id: string;
  readonly part: GalleryPart;
  readonly run: Run;
}
