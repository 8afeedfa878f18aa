// What the bot says in its log, looked at line by line: names of people, and errors that no trouble explains.

/** Errors of level 50 that the troubles bring about, by their code. */
const FROM_TROUBLE = ["ACCESS-UNDECIDED", "GRAPH-UNREACHABLE", "GRAPH-THROTTLED", "GRAPH-ANSWER"];
/** What says how a digest ended, whatever the reason; the ledger is compared with Teams. */
const DIGEST_ENDED = "a digest has its outcome";

/** `names` must be in no line; `fault` is given a line for what must not be. */
export function createLogReader({ names, isDatabaseAway, fault }) {
  const codes = [...FROM_TROUBLE, ...(isDatabaseAway ? ["STORE-UNAVAILABLE"] : [])];
  const counts = { lines: 0, warnings: 0, errors: 0 };
  const errors = new Map();

  return {
    counts,
    /** How often each error came. */
    errors,
    read(line) {
      counts.lines += 1;
      const lower = line.toLowerCase();
      const name = names.find((one) => lower.includes(one));
      if (name) fault(`the log has the name of a person: ${line.slice(0, 300)}`);
      const { level, msg, code, err } = parsed(line);
      if (level === undefined) fault(`the log has a line that is no JSON: ${line.slice(0, 500)}`);
      if (level === 40) counts.warnings += 1;
      if (level < 50) return;
      counts.errors += 1;
      const what = `${code ?? err?.code ?? "no code"}: ${msg}`;
      errors.set(what, (errors.get(what) ?? 0) + 1);
      if (msg !== DIGEST_ENDED && !codes.includes(code))
        fault(`the log has an error: ${line.slice(0, 1_500)}`);
    },
  };
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
