import { claimsOf, haveEqualSubscriptions } from './claims.ts';
import { assignConstrained, type StickyResult } from './constrained.ts';
import { assignGeneral } from './general.ts';
import { groupAssignment, type Layout, layoutOf, NONE, staticFirst } from './layout.ts';
import { isRackAware, racksOf } from './racks.ts';
import { assignPlainRange, assignRange } from './range.ts';
import { rdkafkaOrder, withheldFromOthers } from './rdkafka.ts';
import { assignRdkafkaSticky } from './rdkafka-sticky.ts';
import { assignRoundRobin } from './roundrobin.ts';
import type { AssignInput, ClientAssignor, ClientLibrary, GroupAssignment } from './types.ts';

/**
 * What the leader of a classic group sends to the coordinator. The result is that of the library's own code; where it
 * iterates hash maps, members come in ascending order of their ids. librdkafka has no eager sticky assignor: asked for
 * it, its one sticky algorithm answers without withholding anything.
 */
export function assign(assignor: ClientAssignor, client: ClientLibrary, input: AssignInput): GroupAssignment {
  if (input.members.length === 0) return new Map();
  const layout = layoutOf(input);
  if (client === 'librdkafka') return assignAsRdkafka(assignor, layout);
  switch (assignor) {
    case 'range':
      return groupAssignment(layout, assignRange(layout, racksOf(layout, input), input.preferRackAwareLogic === true));
    case 'roundrobin':
      return groupAssignment(layout, assignRoundRobin(layout, staticFirst(layout)));
    case 'sticky':
      return groupAssignment(layout, assignSticky(layout, input).owners);
    case 'cooperative-sticky': {
      const { owners, changingHands } = assignSticky(layout, input);
      return groupAssignment(
        layout,
        owners.map((m, p) => (changingHands[p] === 1 ? NONE : m)),
      );
    }
  }
}

function assignAsRdkafka(assignor: ClientAssignor, layout: Layout): GroupAssignment {
  switch (assignor) {
    case 'range':
      return groupAssignment(layout, assignPlainRange(layout, rdkafkaOrder(layout)));
    case 'roundrobin':
      return groupAssignment(layout, assignRoundRobin(layout, rdkafkaOrder(layout)));
    case 'sticky':
      return groupAssignment(layout, assignRdkafkaSticky(layout));
    case 'cooperative-sticky':
      return withheldFromOthers(layout, assignRdkafkaSticky(layout));
  }
}

function assignSticky(layout: Layout, input: AssignInput): StickyResult {
  const claims = claimsOf(layout, input.maxGenerationSeen ?? -1);
  const racks = racksOf(layout, input);
  const everybody = layout.members.map((_, m) => m);
  const aware = isRackAware(racks, everybody, 0, layout.partitionCount, input.preferRackAwareLogic === true);
  const algorithm = haveEqualSubscriptions(layout) ? assignConstrained : assignGeneral;
  return algorithm(layout, claims, racks, aware);
}
