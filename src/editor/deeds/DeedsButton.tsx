import { useState } from 'react';
import { IconButton, Menu, useText } from '../../ui/index.ts';
import { activeSide } from '../actions.ts';
import { thingItems } from './thingItems.ts';

export type InterventionMenuProps = { readonly id: string };

/** The ⋯ of the selected part or line: everything that can be done to it. */
export function DeedsButton({ id }: InterventionMenuProps) {
  const t = useText();
  // What can be done hangs on the present state, so the entries are looked up when the button is reached.
  const [, refresh] = useState(0);
  const look = () => refresh((count) => count + 1);
  return (
    <Menu
      align="end"
      label={t('editor.deeds.label')}
      trigger={
        <IconButton icon="more" size="small" label={t('editor.deeds.label')} onPointerEnter={look} onPointerDown={look} onFocus={look} />
      }
      items={thingItems(t, id, activeSide())}
    />
  );
}
