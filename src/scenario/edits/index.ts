export { copy, duplicate, type Fragment, insert } from './clipboard.ts';
export * from './configure.ts';
export type { EditContext, Edited } from './context.ts';
export * from './interventions.ts';
export { connect, mend } from './lines.ts';
export * from './move.ts';
export { addPart, type NewPart, remove, rename, resize } from './parts.ts';
export { paste } from './paste.ts';
export { configAt } from './settle.ts';
