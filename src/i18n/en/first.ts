import { app } from './app.ts';
import { editor } from './editor.ts';
import { gallery } from './gallery.ts';
import { rabbitmq } from './rabbitmq.ts';
import { stage } from './stage.ts';

/** What the first picture of the page says: fetched before it. */
export const first = { ...app, ...editor, ...stage, ...rabbitmq, ...gallery } as const;
