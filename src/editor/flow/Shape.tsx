import { type PartKind, SHAPE_SIZES } from '../../scenario/index.ts';
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
  readonly isDown: boolean;
  readonly isPaused: boolean;
}

/** One of our shapes, exactly as large as the geometry says; a broken one is dashed and crossed. */
export function Shape({ shape, sign, isDown, isPaused }: ShapeProps) {
  const { width, height } = SHAPE_SIZES[shape];
  return (
    <svg className={styles.shape} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <g className={styles.halo}>{outline(shape)}</g>
      <g className={isDown ? `${styles.outline} ${styles.broken}` : styles.outline}>{outline(shape)}</g>
      {shape === 'rail' && <path className={styles.divider} d={`M${RAIL_DIVIDER} 1V${height - 1}`} />}
      <g className={isDown ? styles.cross : styles.sign} transform={`translate(${width / 2} ${height / 2})`}>
        {isDown && <path d="M-9 -9L9 9M9 -9L-9 9" fill="none" strokeLinecap="round" />}
        {!isDown && isPaused && <path d="M-5 -9V9M5 -9V9" fill="none" strokeLinecap="round" strokeWidth="3" />}
        {!isDown && !isPaused && <SignPath sign={sign} />}
      </g>
    </svg>
  );
}
