import { usePlayback } from '../../playback/index.ts';
import { Button, formatSpeed, formatTime, IconButton, Menu, Tooltip, useText } from '../../ui/index.ts';
import { playback } from '../session/session.ts';
import { TimeLine } from './TimeLine.tsx';
import styles from './Transport.module.css';

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16];

/** Play, step, scrub: everything that moves the run along its time. */
export function Transport() {
  const t = useText();
  const refused = usePlayback(playback, (s) => s.state === 'refused');
  return (
    <section className={styles.transport} aria-label={t('transport.label')}>
      <div className={styles.buttons}>
        <Step icon="home" label={t('transport.home')} shortcut="Home" event={{ type: 'HOME' }} disabled={refused} minor />
        <Step
          icon="previous"
          label={t('transport.previousInteresting')}
          shortcut="Shift+←"
          event={{ type: 'STEP', direction: -1, interesting: true }}
          disabled={refused}
        />
        <Step
          icon="back"
          label={t('transport.previous')}
          shortcut="←"
          event={{ type: 'STEP', direction: -1, interesting: false }}
          disabled={refused}
        />
        <PlayButton disabled={refused} />
        <Step
          icon="step"
          label={t('transport.next')}
          shortcut="→"
          event={{ type: 'STEP', direction: 1, interesting: false }}
          disabled={refused}
        />
        <Step
          icon="next"
          label={t('transport.nextInteresting')}
          shortcut="Shift+→"
          event={{ type: 'STEP', direction: 1, interesting: true }}
          disabled={refused}
        />
        <Step icon="end" label={t('transport.end')} shortcut="End" event={{ type: 'END' }} disabled={refused} minor />
      </div>
      <TimeLine />
      <div className={styles.meters}>
        <Clock />
        <Speed />
        <Loop />
      </div>
    </section>
  );
}

interface StepProps {
  readonly icon: 'home' | 'previous' | 'back' | 'step' | 'next' | 'end';
  readonly label: string;
  readonly shortcut: string;
  readonly event: Parameters<typeof playback.send>[0];
  readonly disabled: boolean;
  /** Left out where room is scarce. */
  readonly minor?: boolean;
}

function Step({ icon, label, shortcut, event, disabled, minor }: StepProps) {
  return (
    <IconButton
      icon={icon}
      label={label}
      shortcut={shortcut}
      tooltipSide="top"
      disabled={disabled}
      className={minor ? styles.minor : undefined}
      onClick={() => playback.send(event)}
    />
  );
}

function PlayButton({ disabled }: { readonly disabled: boolean }) {
  const t = useText();
  const isPlaying = usePlayback(playback, (s) => s.state === 'playing');
  const isEnded = usePlayback(playback, (s) => s.state === 'ended');
  const label = isPlaying ? t('transport.pause') : isEnded ? t('transport.again') : t('transport.play');
  return (
    <IconButton
      icon={isPlaying ? 'pause' : isEnded ? 'restart' : 'play'}
      label={label}
      shortcut="Space"
      look="primary"
      size="large"
      tooltipSide="top"
      disabled={disabled}
      onClick={() => playback.send({ type: 'TOGGLE' })}
    />
  );
}

function Clock() {
  const t = useText();
  const time = usePlayback(playback, (s) => s.time);
  const seeking = usePlayback(playback, (s) => s.seeking);
  return (
    <div className={styles.clock}>
      <span className={styles.time}>{formatTime(time)}</span>
      {seeking !== undefined && <progress className={styles.seeking} value={seeking} aria-label={t('transport.seeking')} />}
    </div>
  );
}

/** Slower than this share of what was asked for is worth saying. */
const LAGGING_SHARE = 0.85;

function Speed() {
  const t = useText();
  const speed = usePlayback(playback, (s) => s.speed);
  const actual = usePlayback(playback, (s) =>
    s.state === 'playing' && s.actualSpeed < s.speed * LAGGING_SHARE ? s.actualSpeed : undefined,
  );
  return (
    <Menu
      side="top"
      align="end"
      label={t('transport.speed')}
      trigger={
        <Button className={styles.speed} aria-label={t('transport.speedIs', { speed: formatSpeed(speed) })}>
          {actual === undefined ? (
            formatSpeed(speed)
          ) : (
            <Tooltip text={t('transport.slower', { speed: formatSpeed(speed) })} side="top">
              <span className={styles.actual}>{formatSpeed(actual)}</span>
            </Tooltip>
          )}
        </Button>
      }
      items={[
        { id: 'heading', heading: t('transport.speed') },
        ...SPEEDS.map((choice) => ({
          id: String(choice),
          label: formatSpeed(choice),
          checked: choice === speed,
          onSelect: () => playback.send({ type: 'SPEED', speed: choice }),
        })),
      ]}
    />
  );
}

function Loop() {
  const t = useText();
  const loop = usePlayback(playback, (s) => s.loop);
  return (
    <IconButton
      icon="loop"
      label={t('transport.loop')}
      pressed={loop}
      tooltipSide="top"
      className={styles.minor}
      onClick={() => playback.send({ type: 'LOOP', loop: !loop })}
    />
  );
}
