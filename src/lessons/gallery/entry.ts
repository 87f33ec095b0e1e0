import type { Run } from '../../scenario/index.ts';

/** Sections of the gallery, in learning order; a heading is `gallery.part.<part>`. */
export const GALLERY_PARTS = ['rabbitmq', 'kafka'] as const;
export type GalleryPart = (typeof GALLERY_PARTS)[number];

/** A scenario that the product ships; its title and introduction are `gallery.<id>.title` and `.intro`. */
export interface GalleryEntry {
  readonly id: string;
  readonly part: GalleryPart;
  readonly run: Run;
}
