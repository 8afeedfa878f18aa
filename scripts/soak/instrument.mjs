// Loaded into the bot's process before it (node --import), so that the bot itself needs nothing for being watched: its
// clock can be set, as somebody sets the clock of a machine, and it tells how much memory and which handles it has.
// Timers and performance.now() go on as they do on such a machine.
const RealDate = Date;
let ahead = Number(process.env.SOAK_CLOCK_AHEAD ?? 0);
delete process.env.SOAK_CLOCK_AHEAD;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, self) =>
    Reflect.construct(target, given.length === 0 ? [target.now() + ahead] : given, self),
  apply: (target) => new target(target.now() + ahead).toString(),
  get: (target, name) => (name === "now" ? () => target.now() + ahead : Reflect.get(target, name)),
});

/** What is in use; `settled` after what nobody holds any more was collected, a second time for what finalizers held. */
function look(settled) {
  if (settled) {
    globalThis.gc();
    globalThis.gc();
  }
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const handles = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  return { rss, heapUsed, external, arrayBuffers, handles };
}

process.on("message", (message) => {
  if (message.ahead !== undefined) ahead = message.ahead;
  if (message.look !== undefined) process.send({ look: message.look, ...look(message.settled) });
});
// A run that was killed leaves no bot behind.
process.on("disconnect", () => process.exit(1));
// The bot ends with its last work, not with this channel.
process.channel?.unref();
