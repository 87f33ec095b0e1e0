/** The earlier of two times. One that is past or due does not count: what has not happened then waits for something else. */
export function sooner(next: number, at: number, now: number): number {
  return at > now && at < next ? at : next;
}
