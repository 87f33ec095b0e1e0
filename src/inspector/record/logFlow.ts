import type { PartId } from '../../base/index.ts';
import type { Fact, Program } from '../../engine/index.ts';

/** What a fact of a log counts for: messages that are safe, read, or covered by what a reader has committed. */
export interface LogCount {
  readonly name: 'safe' | 'read' | 'covered';
  readonly count: number;
}

/**
 * How messages pass through a log. They go in batches and stay where they are, so that nothing is delivered or acknowledged one by
 * one: a watermark rises over them, a reader is handed them, and a committed number moves past them.
 */
export class LogFlow {
  /** By lane: numbers that are written and not safe yet, ascending. */
  private readonly waiting = new Map<string, number[]>();
  /** By reader and lane: the number up to which all is covered. */
  private readonly covered = new Map<string, number>();

  constructor(private readonly program: Program) {}

  take({ kind, at, why, data }: Fact): LogCount | undefined {
    switch (kind) {
      case 'message.appended': {
        const index = numberOf(data?.['index']);
        if (index !== undefined) this.write(laneOf(data), index);
        return undefined;
      }
      case 'watermark.advanced':
        return this.rise(laneOf(data), numberOf(data?.['offset']) ?? 0);
      case 'message.received': {
        const offset = numberOf(data?.['offset']);
        if (offset === undefined) return undefined;
        const key = `${this.readerOf(at)}\n${laneOf(data)}`;
        // Where nothing is committed yet, what it reads first tells from where it covers.
        if (!this.covered.has(key)) this.covered.set(key, offset);
        return { name: 'read', count: 1 };
      }
      case 'offset.committed': {
        const offset = numberOf(data?.['offset']);
        return offset === undefined || why === 'in-transaction' ? undefined : this.commit(`${at}\n${String(data?.['partition'])}`, offset);
      }
      case 'message.accepted':
        return { name: 'covered', count: 1 };
      default:
        return undefined;
    }
  }

  private readerOf(client: PartId): PartId {
    return this.program.parts.get(client)?.parent ?? client;
  }

  private write(lane: string, index: number): void {
    const waiting = this.waiting.get(lane);
    if (!waiting) {
      this.waiting.set(lane, [index]);
      return;
    }
    // A new leader gives numbers again that the old one's last messages had.
    while (waiting.length > 0 && (waiting[waiting.length - 1] as number) >= index) waiting.pop();
    waiting.push(index);
  }

  private rise(lane: string, offset: number): LogCount | undefined {
    const waiting = this.waiting.get(lane) ?? [];
    const above = waiting.findIndex((index) => index >= offset);
    const count = waiting.splice(0, above < 0 ? waiting.length : above).length;
    return count === 0 ? undefined : { name: 'safe', count };
  }

  private commit(key: string, offset: number): LogCount | undefined {
    const before = this.covered.get(key) ?? offset;
    this.covered.set(key, offset);
    return offset > before ? { name: 'covered', count: offset - before } : undefined;
  }
}

function laneOf(data: Fact['data']): string {
  return `${String(data?.['topic'])}-${String(data?.['partition'])}`;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
