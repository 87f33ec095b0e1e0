import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { type Curve, middleOf } from '../../scenario/index.ts';
import { classes, Icon, useText } from '../../ui/index.ts';
import { lineLabel } from '../faces.ts';
import { lineName } from '../names.ts';
import styles from './flow.module.css';
import type { LineEdge as LineEdgeType } from './project.ts';
import { useFlow, useGraph } from './store.ts';
import { thingProps } from './thingProps.ts';
import { useLive, useLiveSlowly } from './useLive.ts';

/** A line along the very curve that the stage's messages follow. */
export const LineEdge = memo(function LineEdge({ id, selected, data }: EdgeProps<LineEdgeType>) {
  const t = useText();
  const { views } = useGraph();
  const isFocus = useFlow((state) => state.focus === id);
  const isPresent = useLive(() => views.isPresent(id));
  const isCut = useLive(() => views.isCut(id));
  const routed = useLive(() => views.routed(id));
  const name = useLiveSlowly(() => {
    if (!data) return '';
    return lineName(t, data.line, data.kind, data.ends, {
      isCut: views.isCut(id),
      isPresent: views.isPresent(id),
      routed: views.routed(id),
    });
  });
  if (!data) return null;
  const { line, kind, curve, path } = data;
  const label = lineLabel(t, line, kind);
  const middle = middleOf(curve);
  return (
    <>
      <g
        className={classes(
          styles.line,
          selected && styles.lineSelected,
          kind.implied && styles.implied,
          !isPresent && styles.absent,
          isCut && styles.cut,
          routed === 'matched' && styles.matched,
          routed === 'unmatched' && styles.unmatched,
        )}
        {...thingProps(id, t('editor.role.line'), name, isFocus)}
      >
        <path className={styles.reach} d={path} />
        <path className={styles.lineHalo} d={path} />
        <path className={styles.wire} d={path} />
        <path className={styles.tip} d={tipOf(curve)} />
      </g>
      {(label !== '' || isCut) && (
        <EdgeLabelRenderer>
          <div
            className={classes(styles.labelPlace, !isPresent && styles.absent)}
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
            data-label-of={id}
          >
            {label !== '' && (
              <span
                aria-hidden="true"
                className={classes(
                  styles.pill,
                  routed === 'matched' && styles.pillMatched,
                  routed === 'unmatched' && styles.pillUnmatched,
                  selected && styles.pillSelected,
                )}
              >
                {label}
              </span>
            )}
            {isCut && (
              <span className={styles.cutMark}>
                <Icon name="unlink" size={18} />
              </span>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

const TIP_LENGTH = 7;
const TIP_WIDTH = 4;

/** A small arrow head at the end of a curve, along its last direction. */
function tipOf(c: Curve): string {
  const dx = c[6] - c[4];
  const dy = c[7] - c[5];
  const length = Math.hypot(dx, dy) || 1;
  const ux = dx / length;
  const uy = dy / length;
  const backX = c[6] - ux * TIP_LENGTH;
  const backY = c[7] - uy * TIP_LENGTH;
  return `M${backX - uy * TIP_WIDTH} ${backY + ux * TIP_WIDTH}L${c[6]} ${c[7]}L${backX + uy * TIP_WIDTH} ${backY - ux * TIP_WIDTH}`;
}
