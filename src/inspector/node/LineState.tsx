import { useMemo } from 'react';
import type { LineId } from '../../base/index.ts';
import { type Fact, isLineCut } from '../../engine/index.ts';
import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { useText, useUi } from '../../ui/index.ts';
import { useHappened } from '../parts/hooks.ts';
import { Pieces } from '../parts/Pieces.tsx';
import { Why } from '../parts/Why.tsx';
import { explainMiss } from '../words/explain.ts';
import { lineCondition, lineOf, partName } from '../words/names.ts';
import { sentenceParts } from '../words/sentence.ts';
import { latestDecisionOn } from './decision.ts';
import styles from './NodePanel.module.css';

interface LineStateProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: LineId;
}

/** A line at the playhead: what it asks for, and what the latest decision said about it. */
export function LineState({ playback, side, id }: LineStateProps) {
  const t = useText();
  const { program, timeline } = side;
  const time = usePlayback(playback, (snapshot) => snapshot.time);
  const happened = useHappened(playback, side);
  const decision = useMemo(() => latestDecisionOn(timeline, id, happened), [timeline, id, happened]);
  const drawn = program.lines.find((candidate) => candidate.id === id);
  const isCut = usePlayback(playback, () => drawn !== undefined && isLineCut(program, timeline.world, drawn));
  const line = lineOf(program, id);
  if (!line) return null;
  const condition = lineCondition(program, id, time);
  const isAsked = condition !== undefined;
  return (
    <section className={styles.state} aria-label={t('node.now')}>
      <header className={styles.head}>
        <h2 className={styles.name}>
          {partName(program, line.from)} → {partName(program, line.to)}
        </h2>
        {isCut && <span className={styles.cut}>{t('node.cut')}</span>}
      </header>
      {condition && <p className={styles.condition}>{condition}</p>}
      {isAsked && (
        <div className={styles.detail}>
          <h3 className={styles.caption}>{t('node.decision')}</h3>
          {decision ? (
            <Decision playback={playback} side={side} fact={decision} line={id} />
          ) : (
            <p className={styles.hint}>{t('node.noDecision')}</p>
          )}
        </div>
      )}
    </section>
  );
}

function Decision({ playback, side, fact, line }: { playback: Playback; side: Side; fact: Fact; line: LineId }) {
  const language = useUi((ui) => ui.language);
  const miss = explainMiss(fact, line, side, language);
  return (
    <div className={styles.decision}>
      <p>
        <Pieces pieces={sentenceParts(fact, side, language)} touchable /> <Why playback={playback} side={side} fact={fact} />
      </p>
      {miss && (
        <p className={styles.miss}>
          <Pieces pieces={miss} />
        </p>
      )}
    </div>
  );
}
