import type { Question } from "../../language/question.ts";
import type { PlaceAddress } from "../../ports/digest.ts";
import { plainNotice } from "../../views/notice.ts";
import type { Answer, Asking, Handler, Turn } from "../answer.ts";

type PlaceHandler = (
  question: Question,
  turn: Turn,
  asking: Asking,
  address: PlaceAddress,
) => Promise<Answer>;

/** A digest belongs to a place in Teams; the terminal is none. */
export function inTeams(handler: PlaceHandler): Handler {
  return async (question, turn, asking) => {
    if (turn.address) {
      return handler(question, turn, asking, turn.address);
    }
    const { teamsOnly, teamsOnlyHow } = turn.audience.words.digest;
    return { kind: "answered", view: plainNotice(teamsOnly, [teamsOnlyHow]) };
  };
}
