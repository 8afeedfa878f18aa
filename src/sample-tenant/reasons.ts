import { byWeight } from "./random.ts";

/**
 * Failure reasons, word for word as Microsoft's pages have them: the classic list of the self-service password reset
 * report, the strings seen in audit logs, "A system error has occurred." of the userEventsSummary page, and the one
 * documented failure of combined registration.
 */
const STARTED = "User abandoned after starting the {option} option";
const CONTACTED = "User contacted an admin after trying the {option} verification option";

type Weighted = readonly (readonly [reason: string, weight: number])[];

const GENERAL: Weighted = [
  [
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this",
    17,
  ],
  ["We could not reach your on-premises password reset service. Check your sync machine's event log", 8],
  ["User canceled before passing the required authentication methods", 6],
  ["User abandoned before selecting a new password", 4],
  ["PasswordDoesnotComplyFuzzyPolicy", 4],
  ["User does not have a license. You can add a license to the user to resolve this", 2],
  ["User's password is managed on-premises. You can enable Password Writeback to resolve this", 2],
  [
    "This user is not a member of the password reset users group. Add this user to that group to resolve this.",
    2,
  ],
  ["User tried to reset from a device without cookies enabled", 1],
  ["A system error has occurred.", 2],
];

const REGISTRATION: Weighted = [
  ["User canceled security info registration.", 86],
  ["A system error has occurred.", 14],
];

function ownReasons(option: string, contact: string, blocked: string): Weighted {
  return [
    [STARTED.replace("{option}", option), 40],
    [CONTACTED.replace("{option}", contact), 6],
    [blocked, 5],
  ];
}

const OWN: Readonly<Record<string, Weighted>> = {
  email: ownReasons(
    "email verification",
    "email",
    "User entered too many invalid email verification codes and is blocked for 24 hours",
  ),
  sms: ownReasons(
    "mobile SMS verification",
    "mobile SMS",
    "User entered too many invalid SMS verification codes and is blocked for 24 hours",
  ),
  mobilePhone: ownReasons(
    "mobile voice call verification",
    "mobile voice call",
    "User tried mobile phone voice verification too many times and is blocked for 24 hours",
  ),
  alternateMobilePhone: ownReasons(
    "mobile voice call verification",
    "mobile voice call",
    "User tried mobile phone voice verification too many times and is blocked for 24 hours",
  ),
  officePhone: ownReasons(
    "office voice call verification",
    "office voice call",
    "User tried office phone voice verification too many times and is blocked for 24 hours",
  ),
  securityQuestion: ownReasons(
    "security questions",
    "security question",
    "User tried to answer security questions too many times and is blocked for 24 hours",
  ),
};

/** A chooser of the reason of a failed try, by a draw from 0 to 1. */
export function reasonsOf(feature: string, method: string): (draw: number) => string {
  const weighted = feature === "registration" ? REGISTRATION : [...(OWN[method] ?? []), ...GENERAL];
  const choose = byWeight(weighted.map(([, weight]) => weight));
  return (draw) => weighted[choose(draw)]?.[0] ?? "A system error has occurred.";
}
