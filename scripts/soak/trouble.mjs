// What goes wrong around the bot while it is asked, one thing after another, drawn from the seed.
import { setTimeout as pause } from "node:timers/promises";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const WEEK = 7 * 24 * 60 * MINUTE;

/** Each strikes so many requests. */
const SHORT = [
  { kind: "throttled", times: 3, retryAfterSeconds: 2 },
  { kind: "throttled", times: 1, retryAfterSeconds: 8 },
  { kind: "server-error", times: 2 },
  { kind: "bad-gateway", times: 2 },
  { kind: "unavailable", times: 2, retryAfterSeconds: 1 },
  { kind: "gateway-timeout", times: 1 },
  { kind: "cut-before-headers", times: 2 },
  { kind: "cut-in-body", times: 2 },
  { kind: "hang", times: 1 },
  { kind: "slow", times: 10, milliseconds: 3 * SECOND },
];

/**
 * `database` may be taken away where there is a proxy before it. `clock` has `ahead` (milliseconds) and `set`. `weekly`
 * says when digests are due for the first time, after how many milliseconds the clock leaps to the next week, and
 * whether all of so many weeks are posted.
 */
export function createTrouble({ tenant, database, clock, draw, weekly }) {
  const counts = {};
  let weeks = 0;
  const graphAway = async () => {
    tenant.faults.add({ kind: "cut-before-headers" });
    await pause((3 + draw() * 5) * SECOND);
    tenant.faults.clear();
  };
  const databaseAway = async () => {
    database.leave();
    await pause((1 + draw() * 4) * SECOND);
    database.comeBack();
  };
  const short = async () => {
    tenant.faults.add(SHORT[Math.floor(draw() * SHORT.length)]);
    await pause(3 * SECOND);
  };
  /** Not before what is due, or a short run would see no digest. */
  const back = async () => {
    if (weekly.isDone(weeks + 1)) clock.set(clock.ahead - 4 * MINUTE);
  };
  const KINDS = [
    [5, "a fault of Graph", short],
    [2, "Graph away", graphAway],
    [database ? 2 : 0, "the database away", databaseAway],
    [1, "the clock 20 minutes ahead", async () => clock.set(clock.ahead + 20 * MINUTE)],
    [1, "the clock 4 minutes back", back],
  ];

  function draws() {
    let left = draw() * KINDS.reduce((sum, [share]) => sum + share, 0);
    return KINDS.find(([share]) => {
      left -= share;
      return left < 0;
    });
  }

  /** So that the digests are due again within the minute. */
  function leap() {
    weeks += 1;
    clock.set(weekly.from + weeks * WEEK - 5 * SECOND - Date.now());
    counts["the clock a week ahead"] = weeks;
  }

  return {
    counts,
    /** Until the signal is aborted; then everything is well again. */
    async run(signal) {
      let leapAt = performance.now() + weekly.every;
      while (!signal.aborted) {
        // A week that was missed is only believed after ten minutes without a leap, and holds the next ones up till then.
        if (performance.now() > leapAt && weekly.isDone(weeks + 1)) {
          leap();
          leapAt += weekly.every;
        }
        const [, name, strike] = draws();
        counts[name] = (counts[name] ?? 0) + 1;
        await strike();
        await pause(draw() * 4 * SECOND);
      }
      tenant.faults.clear();
    },
  };
}
