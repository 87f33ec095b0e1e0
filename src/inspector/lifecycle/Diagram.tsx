import { classes } from '../../ui/index.ts';
import styles from './Diagram.module.css';
import type { ArrowLine, Layout, StateBox } from './layout.ts';
import type { Point } from './lines.ts';
import type { Path } from './trails.ts';

interface DiagramProps {
  readonly layout: Layout;
  readonly path: Path;
  readonly isEnd: (state: string) => boolean;
  /** All of it in words. */
  readonly label: string;
  readonly initial: string;
}

/** A life cycle as a drawing: the present state lit, the path so far accentuated, what was never entered dim. */
export function Diagram({ layout, path, isEnd, label, initial }: DiagramProps) {
  const { width, height, states, frames, arrows } = layout;
  const first = states.find(({ state }) => state === initial) as StateBox;
  const frame = frames.find(({ x, y, halfX, halfY }) => Math.abs(first.x - x) < halfX && Math.abs(first.y - y) < halfY);
  const top = frame ? frame.y - frame.halfY : first.y - first.halfY;
  // What was taken is painted last: it lies above the rest.
  const inOrder = [...arrows].sort((a, b) => Number(path.taken.has(a.arrow)) - Number(path.taken.has(b.arrow)));
  return (
    <svg className={styles.diagram} viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      {frames.map((box) => (
        <g key={box.state} className={styles.frame}>
          <rect x={box.x - box.halfX} y={box.y - box.halfY} width={2 * box.halfX} height={2 * box.halfY} rx="11" />
          <text x={box.x - box.halfX + 11} y={box.y + box.halfY - 9}>
            {box.label}
          </text>
        </g>
      ))}
      <g className={classes(styles.arrow, path.state !== '' && styles.taken)}>
        <circle cx={first.x} cy={top - 20} r="4.5" />
        <Shaft from={[first.x, top - 16]} to={[first.x, first.y - first.halfY - 2]} />
      </g>
      {inOrder.map((line) => (
        <g
          key={`${line.arrow.from} ${line.arrow.to}`}
          className={classes(styles.arrow, path.taken.has(line.arrow) && styles.taken, path.latest === line.arrow && styles.latest)}
        >
          <Shaft from={line.from} to={line.to} />
        </g>
      ))}
      {states.map((box) => (
        <StateShape key={box.state} box={box} path={path} isEnd={isEnd(box.state)} />
      ))}
      {inOrder.map((line) => (
        <ArrowLabel key={`${line.arrow.from} ${line.arrow.to}`} line={line} count={path.taken.get(line.arrow) ?? 0} />
      ))}
    </svg>
  );
}

function Shaft({ from, to }: { readonly from: Point; readonly to: Point }) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const short = (length - 6) / length;
  return (
    <>
      <line x1={from[0]} y1={from[1]} x2={from[0] + (to[0] - from[0]) * short} y2={from[1] + (to[1] - from[1]) * short} />
      <Head from={from} to={to} />
    </>
  );
}

function Head({ from, to }: Pick<ArrowLine, 'from' | 'to'>) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const at = (back: number, side: number) => `${to[0] - ux * back - uy * side},${to[1] - uy * back + ux * side}`;
  return <polygon points={`${at(0, 0)} ${at(9, 4)} ${at(7, 0)} ${at(9, -4)}`} />;
}

/** What leads along an arrow, and how often it did. */
function ArrowLabel({ line, count }: { readonly line: ArrowLine; readonly count: number }) {
  const { from, to, label } = line;
  const text = [label?.text, count > 1 ? `×${count}` : ''].filter(Boolean).join(' ');
  if (text === '') return null;
  const { at, y, anchor } = label ?? { at: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, anchor: 'middle' };
  return (
    <text className={classes(styles.label, count > 0 && styles.taken)} x={at} y={y} textAnchor={anchor} dy="0.34em">
      {text}
    </text>
  );
}

function StateShape({ box, path, isEnd }: { readonly box: StateBox; readonly path: Path; readonly isEnd: boolean }) {
  const { state, label, x, y, halfX, halfY } = box;
  const isLit = path.state === state;
  const [left, top, width, height] = [x - halfX, y - halfY, 2 * halfX, 2 * halfY];
  return (
    <g
      className={classes(styles.state, path.visits.has(state) && styles.visited, isLit && styles.lit)}
      data-state={isLit ? 'lit' : undefined}
    >
      <rect x={left} y={top} width={width} height={height} rx={isEnd ? halfY : 7} />
      {isEnd && <rect className={styles.inner} x={left + 3} y={top + 3} width={width - 6} height={height - 6} rx={halfY - 3} />}
      <text x={x} y={y} textAnchor="middle" dy="0.34em">
        {label}
      </text>
    </g>
  );
}
