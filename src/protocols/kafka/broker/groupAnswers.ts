import type { Frame } from '../../../engine/index.ts';
import type { ErrorName, Subscription } from '../frames.ts';
import type { Answer } from '../group/index.ts';
import { partitionName } from '../message.ts';

const errorOf = (error: string): ErrorName => (error === 'NONE' ? '' : error);

/** A coordinator's answer as the frame that carries it. */
export function responseOf(given: Answer, correlation: number): Frame {
  const { api, response } = given;
  const verb = `${api === 'TxnOffsetCommit' ? 'TxnOffsetCommit' : api}Response`;
  const error = errorOf(response.error);
  switch (api) {
    case 'JoinGroup': {
      const { generation, protocol = '', leader = '', memberId, skipAssignment } = response;
      const members = response.members.map((member) => ({
        ...{ memberId: member.memberId, instanceId: member.instanceId ?? '', metadata: member.metadata as unknown as Subscription },
      }));
      return { ...{ verb, correlation, error, generation, protocol, leader, memberId, members, skipAssignment } } as Frame;
    }
    case 'SyncGroup':
      return { verb, correlation, error, assignment: (response.assignment ?? []) as readonly string[] } as Frame;
    case 'ConsumerGroupHeartbeat':
    case 'ShareGroupHeartbeat': {
      const { memberId = '', memberEpoch = 0, heartbeatInterval: interval = 5_000_000, assignment } = response;
      const names = assignment?.map(({ topic, partition }) => partitionName(topic, partition));
      return {
        ...{ verb, correlation, error, memberId, memberEpoch, interval },
        ...(names === undefined ? {} : { assignment: names }),
      } as Frame;
    }
    case 'LeaveGroup': {
      const own = response.members[0]?.error ?? 'NONE';
      return { verb, correlation, error: error === '' ? errorOf(own) : error } as Frame;
    }
    default:
      return { verb, correlation, error } as Frame;
  }
}

/** An answer that says what is wrong and nothing else. */
export function brokenResponse(api: string, correlation: number, error: ErrorName): Frame {
  const empty = {
    ...{ generation: -1, protocol: '', leader: '', memberId: '', members: [], skipAssignment: false, assignment: [] },
    ...{ offsets: {}, memberEpoch: 0, interval: 5_000_000 },
  };
  return { verb: `${api}Response`, correlation, error, ...empty } as Frame;
}
