export { CompareStrip } from './compare/CompareStrip.tsx';
export { FactPanel } from './facts/FactPanel.tsx';
export { Narrator } from './Narrator.tsx';
export { NodePanel } from './node/NodePanel.tsx';
export { StoryPanel } from './story/StoryPanel.tsx';
export { type Explanation, explain, explainMiss, type Point } from './words/explain.ts';
export type { Chip, Piece } from './words/pieces.ts';
export { sentence, sentenceParts } from './words/sentence.ts';
export type { Told } from './words/telling.ts';
