/** All that computes a run; fetched after the drawing is on the screen. */
export { createPlayback } from '../../playback/playback.ts';
export { catalogue } from '../../protocols/catalogue.ts';
