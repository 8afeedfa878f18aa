/**
 * Graph's quota for identity and access reports: five requests in ten seconds per app and tenant
 * (learn.microsoft.com/graph/throttling-limits). A refused request counts too, as the guidance on throttling warns.
 */
export interface Quota {
  /** Seconds to wait, or undefined when the request may pass. `at` is monotonic, in milliseconds. */
  take(app: string, at: number): number | undefined;
}

/** @param window milliseconds */
export function createQuota(limit: number, window: number): Quota {
  const arrivals = new Map<string, readonly number[]>();
  return {
    take(app, at) {
      const recent = [...(arrivals.get(app) ?? []).filter((arrival) => arrival > at - window), at];
      arrivals.set(app, recent);
      if (recent.length <= limit) return undefined;
      const last = recent.at(-limit) ?? at;
      return Math.max(1, Math.ceil((last + window - at) / 1000));
    },
  };
}
