import type { Gate } from "../access/gate.ts";
import type { Permission } from "../access/permission.ts";
import { AppError, asAppError } from "../kernel/problem.ts";
import { COMMANDS } from "../language/commands.ts";
import type { Question } from "../language/question.ts";
import type { PlaceAddress } from "../ports/digest.ts";
import type { Roster } from "../ports/roster.ts";
import type { Asking, Turn } from "./answer.ts";

export interface Lacking {
  readonly permission: Permission;
  /** It is held, and the person is not a member of the team. */
  readonly outside?: true;
}

/** The first permission that the viewer lacks; undefined where nothing is lacking. */
export type Authorise = (
  question: Question,
  turn: Turn,
  asking: Asking,
  options: { readonly fresh: boolean },
) => Promise<Lacking | undefined>;

interface AuthoriseParts {
  readonly gate: Gate;
  /** Absent in the terminal, which is in no team. */
  readonly roster?: Pick<Roster, "isMember">;
  /** Whether the place was given a digest: then everybody of the tenant may look at its figures there. */
  readonly wasGiven: (turn: Turn, figures: "posted" | "now") => Promise<boolean>;
}

/** Decides for each command and each button, as the person who acts now. Rejects where that cannot be decided. */
export function createAuthorise({ gate, roster, wasGiven }: AuthoriseParts): Authorise {
  /** Who sets what a team reads has to be in that team. */
  async function isOutside({ viewer, address }: Turn, permission: Permission): Promise<boolean> {
    if (permission !== "manage" || viewer.kind !== "person" || address?.kind !== "channel" || !roster) {
      return false;
    }
    return !(await roster.isMember(address, viewer.userId).catch(undecided(address)));
  }

  /** A person's own chat is no place that others gave numbers to. */
  async function isGiven(turn: Turn, figures: "posted" | "now"): Promise<boolean> {
    return turn.place !== "personal" && (await wasGiven(turn, figures)) && (await gate.belongs(turn.viewer));
  }

  return async (question, turn, asking, { fresh }) => {
    if (asking.given === true && (await isGiven(turn, asking.mode === "refresh" ? "now" : "posted"))) {
      return undefined;
    }
    for (const permission of permissionsOf(question)) {
      const { allowed } = await gate.decide(turn.viewer, permission, { fresh });
      if (!allowed) {
        return { permission };
      }
      if (await isOutside(turn, permission)) {
        return { permission, outside: true };
      }
    }
    return undefined;
  };
}

/** All that a question takes: an export of names asks for more than an export of numbers. */
function permissionsOf({ command, options }: Question): readonly Permission[] {
  const { permission, exports, alsoReports } = COMMANDS[command];
  const exported = exports?.find((report) => report === options.report);
  const ofReport = exported && COMMANDS[exported].permission;
  return [
    ...new Set(
      [permission, ofReport, alsoReports && ("reports" as const)].filter((one) => one !== undefined),
    ),
  ];
}

function undecided(address: PlaceAddress): (thrown: unknown) => never {
  return (thrown) => {
    throw new AppError(
      "ACCESS-UNDECIDED",
      { teams: true, detail: `Teams did not say who is in a ${address.kind}: ${asAppError(thrown).code}` },
      thrown,
    );
  };
}
