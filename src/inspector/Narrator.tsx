import { useEffect, useRef, useState } from 'react';
import type { Playback, PlaybackSnapshot, Side } from '../playback/index.ts';
import { usePlayback } from '../playback/index.ts';
import { useText, useUi } from '../ui/index.ts';
import styles from './Narrator.module.css';
import { Pieces } from './parts/Pieces.tsx';
import { Why } from './parts/Why.tsx';
import { sentence, sentenceParts } from './words/sentence.ts';

/** While time flows, a screen reader hears a sentence this often at most. */
const SAY_EVERY_MILLIS = 4_000;

/** One line that says what has just happened, and why if one asks. */
export function Narrator({ playback }: { readonly playback: Playback }) {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const spoken = usePlayback(playback, (snapshot) => snapshot.spoken);
  const side = usePlayback(playback, (snapshot) => sideOf(snapshot, spoken?.side));
  const isPair = usePlayback(playback, (snapshot) => snapshot.sides.length > 1);
  const isRefused = usePlayback(playback, (snapshot) => snapshot.state === 'refused');
  const step = usePlayback(playback, () => side?.timeline.world.steps ?? 0);
  const said = spoken && side ? sentence(spoken.fact, side, language) : t(isRefused ? 'narrator.refused' : 'narrator.start');
  return (
    <div className={styles.narrator} data-narrator="">
      <LiveRegion playback={playback} said={said} />
      {spoken && side ? (
        <>
          <span className={styles.step}>{t('narrator.step', { step })}</span>
          {isPair && <span className={styles.side}>{t(`narrator.side.${spoken.side}`)}</span>}
          <p className={styles.sentence}>
            <Pieces pieces={sentenceParts(spoken.fact, side, language)} touchable />{' '}
            <Why playback={playback} side={side} fact={spoken.fact} openTo="top" />
          </p>
        </>
      ) : (
        <p className={styles.sentence}>
          {said}
          {!isRefused && <span className={styles.hint}> {t('narrator.startHint')}</span>}
        </p>
      )}
    </div>
  );
}

function sideOf({ sides }: PlaybackSnapshot, name: Side['name'] | undefined): Side | undefined {
  return name === undefined ? undefined : sides.find((side) => side.name === name);
}

/** Says the sentence to screen readers: each one while time stands, now and then while it flows. */
function LiveRegion({ playback, said }: { readonly playback: Playback; readonly said: string }) {
  const isFlowing = usePlayback(playback, ({ state }) => state === 'playing' || state === 'scrubbing');
  const [heard, setHeard] = useState('');
  const heardAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const now = performance.now();
    if (isFlowing && now - heardAt.current < SAY_EVERY_MILLIS) return;
    heardAt.current = now;
    setHeard(said);
  }, [said, isFlowing]);
  return (
    <span className="visually-hidden" role="status" aria-live="polite" data-testid="narrator">
      {heard}
    </span>
  );
}
