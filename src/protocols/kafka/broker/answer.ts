import type { Context, Frame, Input } from '../../../engine/index.ts';
import type { Return } from './state.ts';

/** Where the answer to a request goes. */
export function returnOf(input: Extract<Input, { readonly type: 'frame' }>): Return {
  const { line, from, to, frame } = input;
  return { line, from: to, to: from, correlation: (frame as Frame & { readonly correlation: number }).correlation };
}

export function answer({ from, to, line }: Return, frame: Frame, x: Context): void {
  // Whoever has left the drawing hears nothing.
  if (x.wiring.part(to) !== undefined) x.send(from, to, line, frame);
}
