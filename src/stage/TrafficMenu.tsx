import { type Playback, usePlayback } from '../playback/index.ts';
import { IconButton, Menu, TRAFFIC, type Traffic, useText, useUi } from '../ui/index.ts';

interface TrafficMenuProps {
  readonly playback: Playback;
  readonly side: 'a' | 'b';
  /** Keeps what a person chose. */
  readonly onChoice: (hidden: readonly Traffic[]) => void;
}

/** Which traffic is shown beside the messages; nothing where the system that is drawn knows only messages. */
export function TrafficMenu({ playback, side, onChoice }: TrafficMenuProps) {
  const t = useText();
  const program = usePlayback(playback, ({ sides }) => sides.find(({ name }) => name === side)?.program);
  const hidden = useUi((ui) => ui.hiddenTraffic);
  const known = new Set<string>();
  for (const { kind } of program?.parts.values() ?? []) for (const mark of program?.catalogue.marksOf(kind) ?? []) known.add(mark);
  const offered = TRAFFIC.filter((mark) => known.has(mark));
  if (offered.length === 0) return null;
  return (
    <Menu
      side="right"
      label={t('traffic.label')}
      trigger={<IconButton icon="traffic" size="small" tooltipSide="right" label={t('traffic.label')} />}
      items={[
        { id: 'heading', heading: t('traffic.label') },
        ...offered.map((mark) => ({
          id: mark,
          label: t(`traffic.${mark}`),
          checked: !hidden.includes(mark),
          onSelect: () => onChoice(hidden.includes(mark) ? hidden.filter((one) => one !== mark) : [...hidden, mark]),
        })),
      ]}
    />
  );
}
