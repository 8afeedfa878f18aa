/** A person of the Playground; the ids are those of the tenant, so that no check has to be loosened. */
export interface PlaygroundPerson {
  readonly userId: string;
  readonly name: string;
  readonly userPrincipalName: string;
}

interface PlaygroundPlaces {
  readonly tenantId: string;
  readonly currentUser: PlaygroundPerson;
  /** The Playground wants exactly five. */
  readonly others: readonly PlaygroundPerson[];
}

/** The Playground's configuration file; it reads YAML, and JSON is YAML. */
export function playgroundConfig({ tenantId, currentUser, others }: PlaygroundPlaces): string {
  return JSON.stringify(
    {
      version: "0.1.1",
      tenantId,
      bot: { id: "28:authpulse", name: "AuthPulse" },
      currentUser: person(currentUser, 0),
      users: others.map((other, index) => person(other, index + 1)),
      personalChat: { id: "personal-chat-id" },
      groupChat: { id: "group-chat-id", name: "Helpdesk leads" },
      team: {
        id: "team-id",
        name: "Identity Operations",
        aadGroupId: "5f0c4c1e-9d0b-4f0e-8b1c-3a5e7d9f1b20",
        channels: [{ id: "channel-rollout-id", name: "Rollout" }],
      },
    },
    null,
    2,
  );
}

function person({ userId, name, userPrincipalName }: PlaygroundPerson, index: number): object {
  const [givenName = name, ...surname] = name.split(" ");
  return {
    id: `user-id-${index}`,
    name,
    // The spelling is the Playground's.
    userPrincipleName: userPrincipalName,
    aadObjectId: userId,
    givenName,
    surname: surname.join(" "),
    email: userPrincipalName,
  };
}
