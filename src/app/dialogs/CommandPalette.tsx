import { useState } from 'react';
import { useText } from '../../ui/index.ts';
import { allCommands } from '../commands/commands.ts';
import { Chooser } from './Chooser.tsx';
import { matching } from './matching.ts';

/** Everything that can be done, by typing a few letters of it. */
export default function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [query, setQuery] = useState('');
  const choices = matching(allCommands(t), query).map((command) => ({ ...command, hint: command.shortcut }));
  return (
    <Chooser
      title={t('command.title')}
      search={t('command.search')}
      nothing={t('command.nothing')}
      choices={choices}
      query={query}
      onQuery={setQuery}
      onChoose={(command) => command.run()}
      onClose={onClose}
    />
  );
}
