import { app } from './app.ts';
import { editor } from './editor.ts';
import { galleryFirst } from './galleryFirst.ts';
import { stage } from './stage.ts';

/** What the first picture of the page says: fetched before it. */
export const first = { ...app, ...editor, ...stage, ...galleryFirst } as const;
