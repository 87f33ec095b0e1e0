import { lazy, Suspense, useMemo, useState } from 'react';
import type { MessageId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { classes, IconButton, useText, useUi } from '../../ui/index.ts';
import { colourOfPublished } from '../parts/colour.ts';
import { useHappened, useSide } from '../parts/hooks.ts';
import { MessageDisc } from '../parts/MessageDisc.tsx';
import { Copies } from './Copies.tsx';
import { History } from './History.tsx';
import { Recent } from './Recent.tsx';
import styles from './StoryPanel.module.css';
import { StoryTimeline } from './StoryTimeline.tsx';
import { factsOfCopy, presentOf } from './story.ts';

const MessageLife = lazy(async () => ({ default: (await import('../lifecycle/MessageLife.tsx')).MessageLife }));

/** What has become of one message, a sentence a fact; or the messages to choose from. */
export function StoryPanel({ playback }: { readonly playback: Playback }) {
  const side = useSide(playback);
  const message = useUi((ui) => ui.message);
  if (!side || message === undefined) return <Recent playback={playback} side={side} />;
  return <Story key={message} playback={playback} side={side} message={message} />;
}

interface StoryProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly message: MessageId;
}

function Story({ playback, side, message }: StoryProps) {
  const t = useText();
  const { timeline } = side;
  const happened = useHappened(playback, side);
  // The list grows in place, so its length tells that there is more.
  const length = usePlayback(playback, () => timeline.story(message).length);
  const story = useMemo(() => timeline.story(message).slice(0, length), [timeline, message, length]);
  const [place, setPlace] = useState<string>();
  const present = useMemo(() => presentOf(story, happened), [story, happened]);
  const shown = useMemo(() => (place === undefined ? story : factsOfCopy(story, place)), [story, place]);
  const published = story.find((fact) => fact.kind === 'message.published');
  return (
    <section className={classes(styles.panel, styles.story)} aria-label={t('story.label', { message: `m${message}` })}>
      <Head playback={playback} side={side} message={message} published={published} />
      {published ? (
        <Copies side={side} published={published} present={present} chosen={place} onChoose={setPlace} />
      ) : (
        <p className={styles.hint}>{t('story.gone', { message: `m${message}` })}</p>
      )}
      <Suspense fallback={null}>
        <MessageLife playback={playback} side={side} message={message} story={story} place={place} happened={happened} />
      </Suspense>
      <History story={story} happened={happened} />
      <StoryTimeline playback={playback} side={side} facts={shown} happened={happened} />
    </section>
  );
}

function Head({ playback, side, message, published }: StoryProps & { readonly published: Fact | undefined }) {
  const t = useText();
  const key = String(published?.data?.['key'] ?? '');
  const hasNext = usePlayback(playback, () => side.timeline.first(message + 1) !== undefined);
  const choose = (next: MessageId | undefined) => useUi.getState().set({ message: next });
  return (
    <header className={styles.head}>
      <MessageDisc message={message} colour={published && colourOfPublished(published, side.program)} size={20} />
      <h2 className={styles.title}>
        m{message}
        {key !== '' && <span className={styles.key}> · {key}</span>}
      </h2>
      <span className={styles.tools}>
        <IconButton icon="left" size="small" label={t('story.previous')} disabled={message <= 1} onClick={() => choose(message - 1)} />
        <IconButton icon="right" size="small" label={t('story.next')} disabled={!hasNext} onClick={() => choose(message + 1)} />
        <IconButton icon="menu" size="small" label={t('story.close')} onClick={() => choose(undefined)} />
      </span>
    </header>
  );
}
