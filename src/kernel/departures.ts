/** Milliseconds until the departure of a lane that is the caller's now; the next one is `spacing` later. */
export type Departures = (lane: string, spacing: number) => number;

/**
 * Departures of one process, each lane's so far apart.
 * @param elapsed milliseconds that only ever grow
 */
export function createDepartures(elapsed: () => number): Departures {
  const departures = new Map<string, number>();
  return (lane, spacing) => {
    const now = elapsed();
    const mine = Math.max(now, departures.get(lane) ?? now);
    // The lane that was used last stands last: those at the front are over.
    departures.delete(lane);
    departures.set(lane, mine + spacing);
    for (const [other, next] of departures) {
      if (next > now) {
        break;
      }
      departures.delete(other);
    }
    return mine - now;
  };
}
