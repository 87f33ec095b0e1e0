import type { PartKind } from '../../scenario/index.ts';
import styles from './flow.module.css';
import { SignPath } from './Sign.tsx';

const OUTLINES: { readonly [S in PartKind['shape']]: string } = {
  circle: 'M22 13A9 9 0 1 1 4 13A9 9 0 1 1 22 13',
  hexagon: 'M8 4H18L24 13L18 22H8L2 13Z',
  rail: 'M5 8H21A3 3 0 0 1 24 11V15A3 3 0 0 1 21 18H5A3 3 0 0 1 2 15V11A3 3 0 0 1 5 8ZM9.3 8V18M16.6 8V18',
  lanes: 'M3 5H23V10H3ZM3 10.5H23V15.5H3ZM3 16H23V21H3ZM9 5V21M16 5V21',
  region: 'M6 4H20A3 3 0 0 1 23 7V19A3 3 0 0 1 20 22H6A3 3 0 0 1 3 19V7A3 3 0 0 1 6 4ZM3 10H23M7 7H7.1',
};

/** Shapes that stand for several things, told apart at a glance. */
const OWN_OUTLINES: { readonly [sign: string]: string } = {
  'rabbitmq/disk': 'M4 7A9 3.5 0 1 1 22 7A9 3.5 0 1 1 4 7V19A9 3.5 0 0 0 22 19V7M4 13A9 3.5 0 0 0 22 13',
  'kafka/group':
    'M6 3H20A3 3 0 0 1 23 6V20A3 3 0 0 1 20 23H6A3 3 0 0 1 3 20V6A3 3 0 0 1 6 3ZM13 9.5A3 3 0 1 1 12.9 9.5M9 15.5A3 3 0 1 1 8.9 15.5M17 15.5A3 3 0 1 1 16.9 15.5',
  'kafka/replica': 'M2 9H19V13.5H2ZM2 14H19V18.5H2ZM7 9V18.5M13 9V18.5M6 6V4.5H24V15H22',
  'rabbitmq/replica':
    'M5 11H18A3 3 0 0 1 21 14V18A3 3 0 0 1 18 21H5A3 3 0 0 1 2 18V14A3 3 0 0 1 5 11ZM9 11V21M15 11V21M6 8V7A2.5 2.5 0 0 1 8.5 4.5H21.5A2.5 2.5 0 0 1 24 7V15',
};

/** A shape with its sign, as small as a word. */
export function PaletteIcon({ shape, sign }: { readonly shape: PartKind['shape']; readonly sign: string }) {
  return (
    <svg className={styles.paletteIcon} width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" focusable="false">
      <path d={OWN_OUTLINES[sign] ?? OUTLINES[shape]} strokeLinecap="round" strokeLinejoin="round" />
      <g transform="translate(13 13) scale(0.5)">
        <SignPath sign={sign} />
      </g>
    </svg>
  );
}
