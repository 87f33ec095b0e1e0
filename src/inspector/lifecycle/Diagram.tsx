import { classes } from '../../ui/index.ts';
import styles from './Diagram.module.css';
import type { ArrowLine, Layout, StateBox } from './layout.ts';
import type { Path } from './trails.ts';

interface DiagramProps {
  readonly layout: Layout;
  readonly path: Path;
  /** The way just taken (`from to`). */
  readonly latest: string;
  readonly isEnd: (state: string) => boolean;
  /** All of it in words. */
  readonly label: string;
  readonly initial: string;
}

/** A life cycle as a drawing: the present state lit, the path so far accentuated, what was never entered dim. */
export function Diagram({ layout, path, latest, isEnd, label, initial }: DiagramProps) {
  const { width, height, states, arrows } = layout;
  const isTaken = ({ arrow }: ArrowLine) => path.visits.has(`${arrow.from} ${arrow.to}`);
  const first = states.find(({ state }) => state === initial) as StateBox;
  const top = first.y - first.height / 2;
  // What was taken is painted last: it lies above the rest.
  const inOrder = [...arrows].sort((a, b) => Number(isTaken(a)) - Number(isTaken(b)));
  return (
    <svg className={styles.diagram} viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <g className={classes(styles.arrow, path.state !== '' && styles.taken)}>
        <circle cx={first.x} cy={top - 20} r="4.5" />
        <line x1={first.x} y1={top - 16} x2={first.x} y2={top - 7} />
        <Head from={[first.x, top - 16]} to={[first.x, top - 2]} />
      </g>
      {inOrder.map((line) => (
        <ArrowShape key={`${line.arrow.from} ${line.arrow.to}`} line={line} path={path} latest={latest} />
      ))}
      {states.map((box) => (
        <StateShape key={box.state} box={box} path={path} isEnd={isEnd(box.state)} />
      ))}
      {inOrder.map((line) => (
        <ArrowLabel key={`${line.arrow.from} ${line.arrow.to}`} line={line} count={countOf(line, path)} />
      ))}
    </svg>
  );
}

function countOf({ arrow }: ArrowLine, path: Path): number {
  return path.visits.get(`${arrow.from} ${arrow.to}`) ?? 0;
}

function ArrowShape({ line, path, latest }: { readonly line: ArrowLine; readonly path: Path; readonly latest: string }) {
  const { from, to } = line;
  const isTaken = countOf(line, path) > 0;
  const isLatest = latest === `${line.arrow.from} ${line.arrow.to}`;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const short = (length - 6) / length;
  const end = [from[0] + (to[0] - from[0]) * short, from[1] + (to[1] - from[1]) * short] as const;
  return (
    <g className={classes(styles.arrow, isTaken && styles.taken, isLatest && styles.latest)}>
      <line x1={from[0]} y1={from[1]} x2={end[0]} y2={end[1]} />
      <Head from={from} to={to} />
    </g>
  );
}

function Head({ from, to }: Pick<ArrowLine, 'from' | 'to'>) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const at = (back: number, side: number) => `${to[0] - ux * back - uy * side},${to[1] - uy * back + ux * side}`;
  return <polygon points={`${at(0, 0)} ${at(9, 4)} ${at(7, 0)} ${at(9, -4)}`} />;
}

function ArrowLabel({ line, count }: { readonly line: ArrowLine; readonly count: number }) {
  const text = [line.label, count > 1 ? `×${count}` : ''].filter(Boolean).join(' ');
  if (text === '') return null;
  return (
    <text
      className={classes(styles.label, count > 0 && styles.taken)}
      x={line.labelAt[0]}
      y={line.labelAt[1]}
      textAnchor={line.anchor}
      dy="0.34em"
    >
      {text}
    </text>
  );
}

function StateShape({ box, path, isEnd }: { readonly box: StateBox; readonly path: Path; readonly isEnd: boolean }) {
  const { state, label, x, y, width, height } = box;
  const isLit = path.state === state;
  const [left, top] = [x - width / 2, y - height / 2];
  return (
    <g
      className={classes(styles.state, path.visits.has(state) && styles.visited, isLit && styles.lit)}
      data-state={isLit ? 'lit' : undefined}
    >
      <rect x={left} y={top} width={width} height={height} rx={isEnd ? height / 2 : 7} />
      {isEnd && <rect className={styles.inner} x={left + 3} y={top + 3} width={width - 6} height={height - 6} rx={height / 2 - 3} />}
      <text x={x} y={y} textAnchor="middle" dy="0.34em">
        {label}
      </text>
    </g>
  );
}
