import { inspector } from './inspector.ts';
import { problems } from './problems.ts';

/** What is said about a run and about mistakes: fetched once the first picture is on the screen. */
export const rest = { ...inspector, ...problems } as const;
