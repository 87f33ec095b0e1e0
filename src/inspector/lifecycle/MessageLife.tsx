import { useMemo } from 'react';
import type { MessageId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { useText } from '../../ui/index.ts';
import { useCatchUp } from '../record/useRecord.ts';
import { partName } from '../words/names.ts';
import { LifeSection } from './LifeSection.tsx';
import { livesOf, messageTrails, type Trail } from './trails.ts';

interface MessageLifeProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly message: MessageId;
  readonly story: readonly Fact[];
  /** The queue whose copy the story speaks of; undefined: of all. */
  readonly place: string | undefined;
  readonly happened: number;
}

/** The life cycle of a message, one a copy. */
export function MessageLife({ playback, side, message, story, place, happened }: MessageLifeProps) {
  const t = useText();
  const { program, timeline } = side;
  const lives = livesOf(timeline);
  useCatchUp(playback, side, lives);
  const known = lives.about(story).length;
  const trails = useMemo(() => (known >= 0 ? messageTrails(program, story, lives.about(story)) : []), [program, story, lives, known]);
  // A message may come to one queue more than once, where its copies have died in several others.
  const again = (trail: Trail) => trails.filter(({ owner }) => owner === trail.owner).indexOf(trail) + 1;
  const placeName = (trail: Trail) => {
    const place = trail.owner === '' ? t('life.noPlace') : partName(program, trail.owner);
    return again(trail) > 1 ? `${place} (${again(trail)})` : place;
  };
  const name = (trail: Trail) =>
    trail.owner === ''
      ? t('life.of.messageNowhere', { message: `m${message}` })
      : t('life.of.message', { message: `m${message}`, place: partName(program, trail.owner) });
  const preferred = trails.find(({ owner }) => owner === place)?.key;
  return (
    <LifeSection
      key={preferred ?? ''}
      playback={playback}
      side={side}
      trails={trails}
      happened={happened}
      preferred={preferred}
      shortName={placeName}
      name={name}
    />
  );
}
