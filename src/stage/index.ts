export { type Coloured, colourOf } from './colours.ts';
export { pickMessage } from './pick.ts';
export { StageCanvas, type StageCanvasProps } from './StageCanvas.tsx';
export { TrafficMenu } from './TrafficMenu.tsx';
