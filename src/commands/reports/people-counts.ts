import type { PeopleCollector } from "../../collect/people-collector.ts";
import type { PeopleReading } from "../../ports/people.ts";
import { explainView } from "../../reports/explain/explain-view.ts";
import { methodsView } from "../../reports/methods/methods-view.ts";
import type { Targets } from "../../reports/registration/headline.ts";
import { registrationView } from "../../reports/registration/registration-view.ts";
import type { View } from "../../views/view.ts";
import type { Handler } from "../answer.ts";
import { type FromReadingParts, fromReading, type Shown } from "./from-reading.ts";

export interface PeopleCountParts extends FromReadingParts {
  readonly people: PeopleCollector;
}

/** "registration …": how many people are registered, enabled and capable. */
export function registrationHandler(parts: PeopleCountParts & { readonly targets: Targets }): Handler {
  const { people, targets } = parts;
  return fromReading(
    parts,
    () => people,
    (reading, shown) =>
      shown.explain
        ? explained("registration", reading, shown)
        : registrationView({ reading, targets, ...shown.told }),
  );
}

/** "methods …": people per registered method. */
export function methodsHandler(parts: PeopleCountParts): Handler {
  return fromReading(
    parts,
    () => parts.people,
    (reading, shown) =>
      shown.explain ? explained("methods", reading, shown) : methodsView({ reading, ...shown.told }),
  );
}

function explained(about: "registration" | "methods", reading: PeopleReading, shown: Shown): View {
  const { question, base, onlyYou, told } = shown;
  return explainView({ numbers: { about, reading }, question, base, audience: told.audience, onlyYou });
}
