import { definitions } from './definitions.ts';
import { dialogs } from './dialogs.ts';
import { inspector } from './inspector.ts';
import { problems } from './problems.ts';
import { rabbitmq } from './rabbitmq.ts';
import { rabbitmqState } from './rabbitmqState.ts';

/** What is said about a run, in forms and about mistakes: fetched once the first picture is on the screen. */
export const rest = { ...inspector, ...problems, ...rabbitmq, ...rabbitmqState, ...definitions, ...dialogs } as const;
