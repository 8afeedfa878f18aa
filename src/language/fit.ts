import { COMMANDS, takes, withFilterOnly } from "./commands.ts";
import { COMMAND_IDS, type CommandId, type Options } from "./question.ts";
import type { Segment } from "./segments.ts";
import { type CallingSense, NAMES, OPTION, type OptionSense, type Sense } from "./sense.ts";

type OptionName = keyof Options;

const UNCALLED = Number.POSITIVE_INFINITY;

/** How well a message goes with one command. */
export interface Fit {
  readonly command: CommandId;
  readonly options: Options;
  /** The strongest call of the command in the message; infinite when nothing in it calls the command. */
  readonly rank: number;
  /** What the command has no place for. */
  readonly unfit: ReadonlySet<Segment>;
  /** Options said with several values, so that none of them counts. */
  readonly contradictions: readonly Options[];
}

const OPTION_ORDER: readonly OptionName[] = [
  "by",
  "feature",
  "method",
  "period",
  "scope",
  "weeks",
  "filter",
  "user",
  "report",
  "week",
];

/** Every command with what of the message it has a place for. */
export function fits(said: readonly Segment[]): readonly Fit[] {
  return COMMAND_IDS.map((command) => fitOf(command, said));
}

/** The one command that the message asks for; undefined when there is none, or more than one. */
export function read(said: readonly Segment[]): Fit | undefined {
  const called = new Set(said.flatMap(({ senses }) => senses.filter(isCall).map(({ calls }) => calls)));
  return onlyComplete([...called].map((command) => fitOf(command, said)));
}

/** The one command that is called most strongly among those with a place for every word. */
function onlyComplete(candidates: readonly Fit[]): Fit | undefined {
  const best = strongest(candidates.filter(({ unfit }) => unfit.size === 0));
  return best.length === 1 ? best[0] : undefined;
}

/** Those of the called commands that are called most strongly. */
export function strongest(candidates: readonly Fit[]): readonly Fit[] {
  const best = Math.min(...candidates.map(({ rank }) => rank));
  return candidates.filter(({ rank }) => rank === best && isCalled(rank));
}

function isCalled(rank: number): boolean {
  return rank < UNCALLED;
}

/** Options in the order in which they are shown as data. */
export function inOrder(options: Options): Options {
  return Object.fromEntries(
    OPTION_ORDER.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

function fitOf(command: CommandId, said: readonly Segment[]): Fit {
  return COMMANDS[command].exports ? fitExport(command, said) : fitCommand(command, said);
}

function fitCommand(command: CommandId, said: readonly Segment[]): Fit {
  const rank = rankOf(command, said);
  const unfit = new Set<Segment>();
  const placed: [Segment, OptionSense][] = [];
  for (const segment of said) {
    const sense = senseFor(command, segment, rank, said);
    if (!sense) {
      unfit.add(segment);
    } else if ("options" in sense) {
      placed.push([segment, sense]);
    }
  }
  const { options, contradictions, contradicting } = merged(placed);
  const kept = withFilterOnly(command, options);
  const homeless = names(options).filter((name) => kept[name] === undefined);
  for (const [segment, sense] of placed) {
    if (contradicting.has(segment) || names(sense.options).some((name) => homeless.includes(name))) {
      unfit.add(segment);
    }
  }
  return { command, options: inOrder(kept), rank, unfit, contradictions };
}

/** The first of: it calls the command, it is an option of it, it is in its sense anyway. */
function senseFor(
  command: CommandId,
  { senses }: Segment,
  rank: number,
  said: readonly Segment[],
): Sense | undefined {
  const call = senses.find(
    (sense) => isCall(sense) && sense.calls === command && takesAll(command, sense.options),
  );
  if (call || (rank === OPTION && namesAny(senses))) {
    return call;
  }
  return (
    senses.find((sense) => !isCall(sense) && "options" in sense && takesAll(command, sense.options)) ??
    senses.find(
      (sense) =>
        "impliedIn" in sense &&
        sense.impliedIn.includes(command) &&
        (!sense.named || rank === NAMES) &&
        (!sense.beside || isSaid(sense.beside, said)),
    )
  );
}

function isSaid(name: OptionName, said: readonly Segment[]): boolean {
  return said.some(({ senses }) =>
    senses.some((sense) => "options" in sense && sense.options[name] !== undefined),
  );
}

/** Whether a phrase is the word of a command, so that a message with it is not options alone. */
export function namesAny(senses: readonly Sense[]): boolean {
  return senses.some(
    (sense) => isCall(sense) && sense.rank === NAMES && COMMANDS[sense.calls].within === undefined,
  );
}

function isCall(sense: Sense): sense is CallingSense {
  return "calls" in sense;
}

export function takesAll(command: CommandId, options: Options): boolean {
  return names(options).every((name) => takes(command, name, options[name]));
}

export function names(options: Options): OptionName[] {
  return OPTION_ORDER.filter((name) => options[name] !== undefined);
}

interface Merged {
  readonly options: Options;
  readonly contradictions: readonly Options[];
  readonly contradicting: ReadonlySet<Segment>;
}

/**
 * Puts all said options together; two values of one option contradict each other and are both left out.
 * Only both features together, each by its name, are a way to say what is shown anyway.
 */
function merged(placed: readonly (readonly [Segment, OptionSense])[]): Merged {
  const options: Record<string, unknown> = {};
  const contradictions: Options[] = [];
  const contradicting = new Set<Segment>();
  for (const name of OPTION_ORDER) {
    const saying = placed.filter(([, { options: said }]) => said[name] !== undefined);
    const values = [...new Set(saying.map(([, { options: said }]) => said[name]))];
    if (values.length === 1) {
      options[name] = values[0];
    } else if (values.length > 1 && (name !== "feature" || saying.some(([, { aside }]) => aside))) {
      contradictions.push(...values.map((value) => ({ [name]: value })));
      for (const [segment] of saying) {
        contradicting.add(segment);
      }
    }
  }
  return { options, contradictions, contradicting };
}

function rankOf(command: CommandId, said: readonly Segment[]): number {
  const { within } = COMMANDS[command];
  const beside = within === undefined || said.some(({ senses }) => senses.some(namesCommand(within)));
  const calls = said
    .flatMap(({ senses }) => senses.filter(isCall))
    .filter(
      ({ calls: id, rank, options }) =>
        id === command && takesAll(command, options) && (beside || rank !== NAMES),
    );
  return Math.min(UNCALLED, ...calls.map(({ rank }) => rank));
}

export function namesCommand(command: CommandId): (sense: Sense) => boolean {
  return (sense) => isCall(sense) && sense.calls === command && sense.rank === NAMES;
}

/** "export" and then words that are read as one of the reports it can export, with the options of that report. */
function fitExport(command: CommandId, said: readonly Segment[]): Fit {
  const own = said.filter(({ senses }) => senses.some(namesCommand(command)));
  const rest = said.filter((segment) => !own.includes(segment));
  const rank = own.length > 0 ? NAMES : UNCALLED;
  const reports = (COMMANDS[command].exports ?? []).map((report) => ({
    report,
    fit: fitCommand(report, rest),
  }));
  const called = reports.filter(({ fit }) => isCalled(fit.rank));
  const complete = onlyComplete(called.map(({ fit }) => fit));
  const nearest = called.toSorted((a, b) => a.fit.unfit.size - b.fit.unfit.size)[0];
  const chosen = called.find(({ fit }) => fit === complete) ?? nearest;
  if (!chosen) {
    const unfit = rest.filter((segment) => !senseFor(command, segment, rank, rest));
    return { command, options: {}, rank, unfit: new Set(unfit), contradictions: [] };
  }
  const { options, unfit, contradictions } = chosen.fit;
  return { command, options: inOrder({ ...options, report: chosen.report }), rank, unfit, contradictions };
}
