/** State of one sfc32 stream: four 32-bit integers, plain data that a checkpoint can copy. */
export type RandomState = [number, number, number, number];

/** A stream of its own for (seed, name): drawing from one never disturbs another. */
export function randomStream(seed: number, name: string): RandomState {
  // The seed is spread over all bits first: else it and the first letter could stand in for each other.
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x9e3779b1) ^ (h >>> 13);
  const state: RandomState = [h, Math.imul(h, 0x85ebca6b) | 1, h ^ 0xc2b2ae35, 1];
  for (let i = 0; i < 12; i++) nextInteger(state);
  return state;
}

/** The next unsigned 32-bit integer of the stream. */
export function nextInteger(state: RandomState): number {
  const sum = (state[0] + state[1] + state[3]) | 0;
  state[3] = (state[3] + 1) | 0;
  state[0] = state[1] ^ (state[1] >>> 9);
  state[1] = (state[2] + (state[2] << 3)) | 0;
  state[2] = (((state[2] << 21) | (state[2] >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** A whole number in [0, below). */
export function nextBelow(state: RandomState, below: number): number {
  return nextInteger(state) % below;
}
