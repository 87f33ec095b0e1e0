import type { PartView } from '../../engine/index.ts';
import { type PartKind, SHAPE_SIZES } from '../../scenario/index.ts';
import { classes } from '../../ui/index.ts';
import styles from './flow.module.css';
import { SignPath } from './Sign.tsx';

type Drawn = Exclude<PartKind['shape'], 'region' | 'lanes'>;

/** Where a queue's rail is divided: ready to the left, unacknowledged to the right. The stage paints its cells around it. */
const RAIL_DIVIDER = 116;

function outline(shape: Drawn) {
  const { width, height } = SHAPE_SIZES[shape];
  if (shape === 'circle') return <circle cx={width / 2} cy={height / 2} r={width / 2} />;
  if (shape === 'rail') return <rect width={width} height={height} rx="10" />;
  const cut = width / 4;
  return (
    <path d={`M${cut} 0H${width - cut}L${width} ${height / 2}L${width - cut} ${height}H${cut}L0 ${height / 2}Z`} strokeLinejoin="round" />
  );
}

export interface ShapeProps {
  readonly shape: Drawn;
  readonly sign: string;
  readonly status: PartView['status'];
}

/** What stands in a shape instead of its own sign: it must not look idle when it can't do anything. */
const STATUS_SIGNS: { readonly [S in PartView['status']]?: string } = {
  down: 'M-9 -9L9 9M9 -9L-9 9',
  paused: 'M-5 -9V9M5 -9V9',
  // An hourglass whose sand does not run.
  hung: 'M-7 -10H7M-7 10H7M-5 -10C-5 -4 5 4 5 10M5 -10C5 -4 -5 4 -5 10',
  failed: 'M0 -10V3M0 9V9.5',
  // A clock before its hour.
  unstarted: 'M10 0A10 10 0 1 1 -10 0A10 10 0 1 1 10 0M0 -5V0L4 3',
};

/** One of our shapes, exactly as large as the geometry says; what does not run has another outline, and a sign that says so. */
export function Shape({ shape, sign, status }: ShapeProps) {
  const { width, height } = SHAPE_SIZES[shape];
  const { [status]: own } = STATUS_SIGNS;
  return (
    <svg className={styles.shape} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <g className={styles.halo}>{outline(shape)}</g>
      <g className={classes(styles.outline, styles[status])}>{outline(shape)}</g>
      {shape === 'rail' && <path className={styles.divider} d={`M${RAIL_DIVIDER} 1V${height - 1}`} />}
      <g className={classes(styles.sign, own !== undefined && styles[`${status}Sign`])} transform={`translate(${width / 2} ${height / 2})`}>
        {own === undefined ? <SignPath sign={sign} /> : <path d={own} fill="none" strokeLinecap="round" strokeLinejoin="round" />}
      </g>
    </svg>
  );
}
