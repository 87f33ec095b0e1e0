import type { ClientFrame, Table } from '../amqp/index.ts';
import { compilePattern, matches } from '../policy/pattern.ts';
import { type AmqpError, amqpError, exchangeNamed, queueNamed } from './errors.ts';
import type { Broker, Connection } from './state.ts';

/*
 * Permissions (rabbit_access_control): for each user and virtual host three patterns, for the names of what may be
 * configured, written to and read from. While none are configured everybody may do everything.
 */

/** As configured on a broker. */
export interface PermissionConfig {
  readonly user: string;
  readonly vhost: string;
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}
type Right = 'configure' | 'write' | 'read';

export function permissionsOf(given: unknown): readonly PermissionConfig[] {
  const list = Array.isArray(given) ? (given as readonly Partial<PermissionConfig>[]) : [];
  return list.map(({ user = 'guest', vhost = '/', configure = '.*', write = '.*', read = '.*' }) => ({
    user,
    vhost,
    configure,
    write,
    read,
  }));
}

/** The patterns of a user in a virtual host; undefined when the user may not even connect. */
function patternsOf(broker: Broker, user: string): PermissionConfig | undefined {
  return broker.permissions.find((one) => one.user === user && one.vhost === broker.vhost);
}

/** Why a user may not connect with this virtual host. */
export function refusedAtDoor(broker: Broker, user: string): AmqpError | undefined {
  if (broker.permissions.length === 0 || patternsOf(broker, user)) return undefined;
  return amqpError('NOT_ALLOWED', `access to vhost '${broker.vhost}' refused for user '${user}'`);
}

/** An empty pattern fits nothing. */
function fits(pattern: string, name: string): boolean {
  const compiled = pattern === '' ? undefined : compilePattern(pattern);
  return compiled !== undefined && matches(compiled, name);
}

/** What a method needs: the right, the kind of thing, and its name. */
type Need = readonly [right: Right, kind: 'queue' | 'exchange', name: string];

const text = (args: Table, key: string): string | undefined => (typeof args[key] === 'string' ? (args[key] as string) : undefined);

function needs(frame: ClientFrame): readonly Need[] {
  switch (frame.verb) {
    case 'queue.declare': {
      if (frame.passive) return [];
      const dead = text(frame.arguments, 'x-dead-letter-exchange');
      const more: readonly Need[] =
        dead === undefined
          ? []
          : [
              ['read', 'queue', frame.queue],
              ['write', 'exchange', dead],
            ];
      return [['configure', 'queue', frame.queue], ...more];
    }
    case 'exchange.declare': {
      if (frame.passive) return [];
      const alternate = text(frame.arguments, 'alternate-exchange');
      const more: readonly Need[] =
        alternate === undefined
          ? []
          : [
              ['read', 'exchange', frame.exchange],
              ['write', 'exchange', alternate],
            ];
      return [['configure', 'exchange', frame.exchange], ...more];
    }
    case 'queue.delete':
      return [['configure', 'queue', frame.queue]];
    case 'exchange.delete':
      return [['configure', 'exchange', frame.exchange]];
    case 'queue.bind':
    case 'queue.unbind':
      return [
        ['write', 'queue', frame.queue],
        ['read', 'exchange', frame.exchange],
      ];
    case 'exchange.bind':
    case 'exchange.unbind':
      return [
        ['write', 'exchange', frame.destination],
        ['read', 'exchange', frame.source],
      ];
    case 'basic.publish':
      return [['write', 'exchange', frame.message.exchange]];
    case 'basic.consume':
    case 'basic.get':
    case 'queue.purge':
      return [['read', 'queue', frame.queue]];
    default:
      return [];
  }
}

/** Why a user may not do this. The default exchange goes by the name amq.default here. */
export function forbidden(broker: Broker, { user }: Connection, frame: ClientFrame): AmqpError | undefined {
  if (broker.permissions.length === 0) return undefined;
  const patterns = patternsOf(broker, user);
  for (const [right, kind, name] of needs(frame)) {
    const asked = kind === 'exchange' && name === '' ? 'amq.default' : name;
    if (patterns && fits(patterns[right], asked)) continue;
    const named = kind === 'queue' ? queueNamed(asked) : exchangeNamed(asked);
    return amqpError('ACCESS_REFUSED', `access to ${named} refused for user '${user}'`);
  }
  return undefined;
}
