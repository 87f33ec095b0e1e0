import { ViewportPortal } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { PartKind } from '../../scenario/index.ts';
import { useUi } from '../../ui/index.ts';
import styles from './flow.module.css';
import type { Shown, Window } from './window.ts';

/** Sharper than this costs more than it shows: what is painted here is seen from afar. */
const PIXELS_MAX = 8_000_000;

/** From further away names are dots. */
const READABLE_ZOOM = 0.3;
const NAME_MAX = 32;

export interface FarLayerProps {
  readonly shown: Shown;
  readonly window: Window;
}

/**
 * Parts and lines of a large drawing that are not drawn in full, as a picture below the others. It moves along with the
 * drawing and is painted anew when another part of it comes into the window.
 */
export default function FarLayer(props: FarLayerProps) {
  const theme = useUi((ui) => ui.theme);
  return (
    <ViewportPortal>
      {/* Another theme has other colours: what was painted is of no use. */}
      <Picture key={theme} {...props} />
    </ViewportPortal>
  );
}

function Picture({ shown, window }: FarLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, shown, window);
  }, [shown, window]);
  const { x, y, width, height } = window;
  const place = { transform: `translate(${x}px, ${y}px)`, width, height };
  return <canvas ref={canvas} className={styles.far} style={place} data-painted={shown.paintedNodes.length} />;
}

function paint(canvas: HTMLCanvasElement, { paintedNodes, paintedEdges }: Shown, window: Window): void {
  const sharp = window.zoom * (devicePixelRatio || 1);
  const scale = Math.min(sharp, Math.sqrt(PIXELS_MAX / Math.max(1, window.width * window.height)));
  canvas.width = Math.max(1, Math.round(window.width * scale));
  canvas.height = Math.max(1, Math.round(window.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  context.setTransform(scale, 0, 0, scale, -window.x * scale, -window.y * scale);
  context.lineWidth = 1 / window.zoom;
  context.globalAlpha = 0.6;
  context.strokeStyle = style.getPropertyValue('--wire');
  for (const { data } of paintedEdges) {
    if (!data) continue;
    const c = data.curve;
    // One by one: a path of thousands of curves that cross takes far longer to fill in.
    context.beginPath();
    context.moveTo(c[0], c[1]);
    context.bezierCurveTo(c[2], c[3], c[4], c[5], c[6], c[7]);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.fillStyle = style.getPropertyValue('--panel');
  context.strokeStyle = style.getPropertyValue('--ink');
  for (const { data, position, width = 0, height = 0 } of paintedNodes) {
    context.beginPath();
    context.roundRect(position.x, position.y, width, height, isFlat(data.kind) ? 10 : height / 2);
    context.fill();
    context.stroke();
  }
  if (window.zoom < READABLE_ZOOM) return;
  context.fillStyle = style.getPropertyValue('--ink');
  context.font = `600 13px ${style.fontFamily}`;
  context.textAlign = 'center';
  for (const { data, position, width = 0, height = 0 } of paintedNodes) {
    const isAbove = isFlat(data.kind);
    context.fillText(data.part.name.slice(0, NAME_MAX), position.x + width / 2, isAbove ? position.y - 10 : position.y + height + 18);
  }
}

/** Long shapes with their names above them. */
function isFlat({ shape }: PartKind): boolean {
  return shape === 'rail' || shape === 'lanes';
}
