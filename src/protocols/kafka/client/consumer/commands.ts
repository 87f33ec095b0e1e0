import type { Context } from '../../../../engine/index.ts';
import { commitAsync } from './commits.ts';
import { consumedOffsets } from './partitions.ts';
import { resetTo } from './positions.ts';
import { groupOf } from './settings.ts';
import type { Consumer } from './state.ts';
import { freeze, thaw } from './work.ts';

/** A person's deed. An application that hangs does nothing but come to itself again. */
export function obey(state: Consumer, verb: string, x: Context): void {
  const { app } = state;
  const self = x.wiring.self.id;
  if (verb === 'resume') {
    if (!app.isFrozen && !app.isPaused) return;
    if (app.isFrozen) thaw(state, x);
    app.isPaused = false;
    x.fact('node.resumed', self);
    return;
  }
  if (app.isFrozen || app.phase === 'off' || app.phase === 'ended') {
    x.fact('command.refused', self, 0, '', app.isFrozen ? 'frozen' : 'unchanged', { verb });
    return;
  }
  switch (verb) {
    case 'freeze':
      freeze(state, x);
      x.fact('node.paused', self, 0, '', 'frozen');
      return;
    case 'pause':
      if (app.isPaused) return;
      app.isPaused = true;
      x.fact('node.paused', self);
      return;
    case 'commit':
      // It does not wait for the work that it is in: what poll has returned counts as done.
      if (groupOf(x)) commitAsync(state, consumedOffsets(state), 'sync', x);
      return;
    case 'seekToBeginning':
    case 'seekToEnd':
      for (const tp of state.partitions.keys()) resetTo(state, tp, verb === 'seekToEnd' ? 'latest' : 'earliest', 'seek');
      return;
  }
}
