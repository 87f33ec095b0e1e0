import type { FinalConnectionState } from '@xyflow/react';
import type { DragEvent } from 'react';
import { rectOf, type Scenario } from '../../scenario/index.ts';
import type { SideName } from '../../ui/index.ts';
import { addFromPalette, connectParts } from '../adding.ts';
import { host, useEditor } from '../environment.ts';
import { droppedEntry, PALETTE_TYPE } from '../paletteDrag.ts';
import { snap } from '../placement.ts';

type Point = { readonly x: number; readonly y: number };

export function isPaletteDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(PALETTE_TYPE);
}

/** A palette entry dropped on the canvas becomes a part with its middle there. */
export function dropOnCanvas(event: DragEvent, toCanvas: (at: { x: number; y: number }) => Point): void {
  const entry = droppedEntry(event.dataTransfer.getData(PALETTE_TYPE));
  if (!entry) return;
  event.preventDefault();
  const at = toCanvas({ x: event.clientX, y: event.clientY });
  addFromPalette(entry, { x: snap(at.x), y: snap(at.y) });
}

/**
 * A line let go where it may not end: the attempt is made all the same, so that the refusal is said and its mend
 * offered. Let go over a region, it is the region that was meant, unless the line begins inside it.
 */
export function refusedDrop(event: MouseEvent | TouchEvent, state: FinalConnectionState, scenario: Scenario, side: SideName): void {
  const from = state.fromNode?.id;
  if (from === undefined || state.isValid) return;
  const to = state.toNode?.id ?? regionUnder(event, from, scenario, side);
  if (to !== undefined && to !== from) connectParts(from, to);
}

function regionUnder(event: MouseEvent | TouchEvent, from: string, scenario: Scenario, side: SideName): string | undefined {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
  const at = touch && useEditor.getState().graphs[side]?.toCanvas(touch.clientX, touch.clientY);
  if (!at) return undefined;
  const home = scenario.parts.find((part) => part.id === from)?.parent;
  return scenario.parts.findLast((part) => {
    if (part.id === home || host().catalogue.parts.get(part.kind)?.shape !== 'region') return false;
    const rect = rectOf(part, 'region');
    return at.x >= rect.x && at.x <= rect.x + rect.width && at.y >= rect.y && at.y <= rect.y + rect.height;
  })?.id;
}
