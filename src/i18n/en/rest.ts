import { definitions } from './definitions.ts';
import { dialogs } from './dialogs.ts';
import { forms } from './forms.ts';
import { gallery } from './gallery.ts';
import { inspector } from './inspector.ts';
import { kafka } from './kafka.ts';
import { kafkaFacts } from './kafkaFacts.ts';
import { kafkaState } from './kafkaState.ts';
import { lanes } from './lanes.ts';
import { lifecycle } from './lifecycle.ts';
import { problems } from './problems.ts';
import { rabbitmq } from './rabbitmq.ts';
import { rabbitmqState } from './rabbitmqState.ts';
import { zookeeper } from './zookeeper.ts';

/** What is said about a run, in forms and about mistakes: fetched once the first picture is on the screen. */
export const rest = {
  ...gallery,
  ...inspector,
  ...lanes,
  ...lifecycle,
  ...problems,
  ...rabbitmq,
  ...rabbitmqState,
  ...zookeeper,
  ...kafka,
  ...kafkaState,
  ...kafkaFacts,
  ...definitions,
  ...dialogs,
  ...forms,
} as const;
