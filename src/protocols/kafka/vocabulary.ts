import type { Config, Part, Scenario, Vocabulary } from '../../scenario/index.ts';
import { companions } from './companions.ts';
import { connect } from './connect.ts';
import { PUBLISH_FIELDS } from './fields.ts';
import { implied } from './implied.ts';
import { LINE_KINDS, PART_KINDS } from './kinds.ts';
import { checkLive } from './live.ts';
import { mend } from './mend.ts';

/** What can be drawn of Kafka. */
export const vocabulary: Vocabulary = {
  parts: PART_KINDS,
  lines: LINE_KINDS,
  connect,
  mend,
  implied,
  companions,
  checkLive,
  messageFields: () => PUBLISH_FIELDS,
  suggestMessage,
  traits: ['lanes', 'groups', 'replication'],
};

/** By hand a producer sends what it sends anyway. */
function suggestMessage(_: Scenario, target: Part): Config {
  const given = target.config[target.config['mode'] === 'list' ? 'list' : 'templates'];
  const [template] = (Array.isArray(given) ? given : []) as readonly Config[];
  if (!template) return {};
  const { atMillis: __, ...record } = template;
  return record;
}
