import { drawable } from '../../protocols/drawable.ts';
import { drawnLines, type Form, layout, pathOf, type Rect, type Scenario, type Shape, shapeOf } from '../../scenario/index.ts';
import styles from './Preview.module.css';

const MARGIN = 24;

function formOf(kind: string): Form {
  return drawable.parts.get(kind) ?? 'circle';
}

/** A scenario drawn small, from the same geometry as the stage. */
export function Preview({ scenario }: { readonly scenario: Scenario }) {
  const lines = drawnLines([...scenario.lines, ...drawable.implied(scenario)], drawable.lines);
  const { rects, curves } = layout(scenario.parts, lines, formOf);
  const box = boundsOf([...rects.values()]);
  return (
    <svg className={styles.preview} viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true">
      {scenario.parts
        .filter((part) => shapeOf(formOf(part.kind)) === 'region')
        .map((part) => (
          <Outline key={part.id} shape="region" rect={rects.get(part.id)} />
        ))}
      {[...curves].map(([id, curve]) => (
        <path key={id} className={styles.wire} d={pathOf(curve)} />
      ))}
      {scenario.parts
        .filter((part) => shapeOf(formOf(part.kind)) !== 'region')
        .map((part) => (
          <Outline key={part.id} shape={shapeOf(formOf(part.kind))} rect={rects.get(part.id)} />
        ))}
    </svg>
  );
}

function Outline({ shape, rect }: { readonly shape: Shape; readonly rect: Rect | undefined }) {
  if (!rect) return null;
  const { x, y, width, height } = rect;
  if (shape === 'region') return <rect className={styles.region} x={x} y={y} width={width} height={height} rx={16} />;
  if (shape === 'rail' || shape === 'lanes') return <rect className={styles.part} x={x} y={y} width={width} height={height} rx={10} />;
  if (shape === 'circle') return <circle className={styles.part} cx={x + width / 2} cy={y + height / 2} r={width / 2} />;
  const slant = width / 4;
  const middle = height / 2;
  return (
    <path
      className={styles.part}
      d={`M${x + slant} ${y}h${width - 2 * slant}l${slant} ${middle}l${-slant} ${middle}h${2 * slant - width}l${-slant} ${-middle}z`}
    />
  );
}

function boundsOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 400, height: 240 };
  const left = Math.min(...rects.map((rect) => rect.x)) - MARGIN;
  const top = Math.min(...rects.map((rect) => rect.y)) - MARGIN;
  const right = Math.max(...rects.map((rect) => rect.x + rect.width)) + MARGIN;
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
