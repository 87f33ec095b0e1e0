import type { PartId } from '../../../base/index.ts';
import type { PartView, Waiting } from '../../../engine/index.ts';
import type { Broker, Return } from './state.ts';

type Put = (verb: string, back: Return) => void;

/** Requests of clients that this broker keeps back: long polls, writes that are not safe yet, members that wait for the others. */
function eachOfClients({ fetches, produces, shares, coordinators }: Broker, put: Put): void {
  for (const { back } of fetches.values()) put('Fetch', back);
  for (const { back } of shares.fetches.values()) put('ShareFetch', back);
  for (const { back, verb } of produces.values()) if (verb === 'ProduceResponse') put('Produce', back);
  for (const { back, api } of coordinators.parked.values()) put(api, back);
  // These have their answers, which leave when the share coordinator has what they say.
  for (const { back, frame } of shares.replies) put(frame.verb.replace(/Response.*$/, ''), back);
}

/** Those of other brokers: followers that wait for records, transactions' ends that wait for the followers. */
function eachOfBrokers({ sessions, produces }: Broker, put: Put): void {
  for (const { waiting } of sessions.values()) if (waiting) put('Fetch.replica', waiting.back);
  for (const { back, verb } of produces.values()) if (verb === 'WriteTxnMarkersResponse') put('WriteTxnMarkers', back);
}

/** What waits at each part of this broker. */
export function waitingByPart(broker: Broker): ReadonlyMap<PartId, readonly Waiting[]> {
  const found = new Map<PartId, Waiting[]>();
  const put: Put = (verb, { line, from: at, to: from }) => {
    const known = found.get(at);
    if (known) known.push({ line, from, verb });
    else found.set(at, [{ line, from, verb }]);
  };
  eachOfClients(broker, put);
  eachOfBrokers(broker, put);
  return found;
}

/** The same as a table, without what passes between brokers all the time. */
export function waitingTable(broker: Broker): PartView['details'][number] {
  const rows: (readonly [request: string, client: PartId])[] = [];
  eachOfClients(broker, (verb, { to }) => rows.push([verb, to]));
  return { key: 'waiting', columns: ['request', 'client'], rows };
}
