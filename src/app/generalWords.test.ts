import { describe, expect, test } from 'vitest';
import { compile, createTimeline } from '../engine/index.ts';
import { en } from '../i18n/en/index.ts';
import type { TextKey } from '../i18n/index.ts';
import { zhCN } from '../i18n/zh-CN/all.testkit.ts';
import { colourOfPublished } from '../inspector/parts/colour.ts';
import { GALLERY } from '../lessons/gallery/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import { type Run, sidesOf } from '../scenario/index.ts';
import { colourOf, messageOf } from '../stage/colours.ts';

/** Texts that are shown whatever system is drawn; a system's own stand beside its parts, facts and scenarios. */
const GENERAL =
  /^(app|ui|edit|theme|panel|transport|flag|gallery\.(title|lead|open|crumb|works|pair)|compare|share|empty|command|help|crash|facts|story|node|charts|strip|find|narrator|copyState|life\.(title|noPlace|choose|path)|field\.scenario|problem\.(edit|limit|field)|remedy\.edit|editor\.(graph|command|deed|form|publish|essentials|rename))\b/;
/** Shown only where something has what they speak of: a sign of a trait, a place that was routed to, a window. */
const OWN: ReadonlySet<string> = new Set<TextKey>([
  ...(['help.mark.matched', 'help.mark.window', 'facts.kinds.decisions', 'copyState.moving', 'node.window', 'facts.kinds.groups'] as const),
  ...(['charts.spark.routed', 'editor.deed.seekToBeginning.note'] as const),
]);
/** Of RabbitMQ alone, or of Kafka alone. */
const ONE_SYSTEM = /exchange|routing|binding|prefetch|queues?\b|mandatory|交换机|路由|绑定|预取|(?<!消息)队列(?!显微镜)|offset|偏移量/i;

test.each([
  ['en', en],
  ['zh-CN', zhCN],
] as const)('general texts in %s use no word of one system', (_, texts) => {
  const general = Object.entries<string>(texts).filter(([key]) => GENERAL.test(key) && !OWN.has(key));
  expect(general.length).toBeGreaterThan(250);
  expect(general.filter(([, text]) => ONE_SYSTEM.test(text)).map(([key, text]) => `${key}: ${text}`)).toEqual([]);
});

describe('what packs say of themselves', () => {
  const kinds = (system: string) => [...catalogue.parts.values()].filter(({ kind }) => kind.startsWith(`${system}/`));
  test('a drawing of RabbitMQ routes and has no lanes, one of Kafka the other way round', () => {
    expect([...catalogue.traitsOf(kinds('rabbitmq'))]).toEqual(['routing', 'acks', 'prefetch', 'replication']);
    expect([...catalogue.traitsOf([...kinds('kafka'), ...kinds('zookeeper')])]).toEqual(['lanes', 'groups', 'replication']);
    expect(catalogue.speaks([...kinds('kafka'), ...kinds('zookeeper')])).toBe('kafka');
  });
});

test('coloured by partition, stage and panel give each record the colour of the partition that it went to', () => {
  const scenario = GALLERY.find(({ id }) => id === 'keys-partitions');
  const [side] = sidesOf((scenario as { run: Run }).run);
  if (!side) throw new Error('No such scenario');
  const byLane = { ...side, scenario: { ...side.scenario, settings: { ...side.scenario.settings, colourBy: 'lane' as const } } };
  const compiled = compile(byLane, catalogue);
  if (!compiled.ok) throw new Error('It does not compile');
  const timeline = createTimeline(compiled.value);
  timeline.seek(compiled.value.end);
  const published = timeline.facts(0, timeline.known.facts).filter(({ kind }) => kind === 'message.published');
  const colours = published.map((fact) => [
    Number(fact.data?.['partition']) + 1,
    colourOfPublished(fact, compiled.value),
    colourOf(timeline, messageOf(timeline, fact.message)) + 1,
  ]);
  expect(new Set(colours.map(([partition]) => partition)).size).toBeGreaterThan(2);
  expect(colours.filter(([partition, panel, stage]) => panel !== partition || stage !== partition)).toEqual([]);
});
