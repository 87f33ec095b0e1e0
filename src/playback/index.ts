export { SPEED_MAX, SPEED_MIN } from './machine.ts';
export { createPlayback, type PlaybackOptions } from './playback.ts';
export { HOLD_MILLIS, holdAt, latestDecisions, linesIn, type RoutedMark, recentFacts, routedLines } from './routed.ts';
export * from './types.ts';
export { usePlayback } from './usePlayback.ts';
export { type LiveViews, liveViews } from './views.ts';
