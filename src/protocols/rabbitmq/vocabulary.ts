import type { Vocabulary } from '../../scenario/index.ts';
import { connect } from './connect.ts';
import { PUBLISH_FIELDS } from './fields.ts';
import { implied } from './implied.ts';
import { LINE_KINDS, PART_KINDS } from './kinds.ts';
import { mend } from './mend.ts';
import { suggestMessage } from './suggest.ts';

/** What can be drawn of RabbitMQ. */
export const vocabulary: Vocabulary = {
  parts: PART_KINDS,
  lines: LINE_KINDS,
  connect,
  mend,
  implied,
  messageFields: () => PUBLISH_FIELDS,
  suggestMessage,
  traits: ['routing', 'acks', 'prefetch', 'replication'],
};
