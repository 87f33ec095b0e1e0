import { definitions } from './definitions.ts';
import { dialogs } from './dialogs.ts';
import { forms } from './forms.ts';
import { gallery } from './gallery.ts';
import { galleryKafka } from './galleryKafka.ts';
import { inspector } from './inspector.ts';
import { kafka } from './kafka.ts';
import { kafkaFacts } from './kafkaFacts.ts';
import { kafkaState } from './kafkaState.ts';
import { kafkaWhys } from './kafkaWhys.ts';
import { lanes } from './lanes.ts';
import { lifecycle } from './lifecycle.ts';
import { lifecycleKafka } from './lifecycleKafka.ts';
import { problems } from './problems.ts';
import { rabbitmq } from './rabbitmq.ts';
import { rabbitmqState } from './rabbitmqState.ts';
import { zookeeper } from './zookeeper.ts';

/** What is said about a run, in forms and about mistakes: fetched once the first picture is on the screen. */
export const rest = {
  ...gallery,
  ...galleryKafka,
  ...inspector,
  ...lanes,
  ...lifecycle,
  ...lifecycleKafka,
  ...problems,
  ...rabbitmq,
  ...rabbitmqState,
  ...zookeeper,
  ...kafka,
  ...kafkaState,
  ...kafkaFacts,
  ...kafkaWhys,
  ...definitions,
  ...dialogs,
  ...forms,
} as const;
