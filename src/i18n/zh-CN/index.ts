import { app } from './app.ts';
import { editor } from './editor.ts';
import { gallery } from './gallery.ts';
import { inspector } from './inspector.ts';
import { problems } from './problems.ts';
import { rabbitmq } from './rabbitmq.ts';
import { stage } from './stage.ts';

export const zhCN = { ...app, ...editor, ...inspector, ...stage, ...rabbitmq, ...gallery, ...problems } as const;
