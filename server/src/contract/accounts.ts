import { z } from "zod";
import { Role, Scope } from "./rights.ts";

/** Longest first: a passphrase is welcome, a short password is not. */
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 128;

export const Email = z
  .email("this is not an e-mail address")
  .max(254, "an e-mail address has at most 254 characters")
  .transform((text) => text.trim().toLowerCase());

/** A password that somebody chooses. Well-known ones are refused by the server. */
export const NewPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `a password has at least ${SHORTEST_PASSWORD} characters`)
  .max(LONGEST_PASSWORD, `a password has at most ${LONGEST_PASSWORD} characters`);

/** A password as somebody types it: never judged, only compared. */
const GivenPassword = z.string().min(1).max(LONGEST_PASSWORD);

export const PersonName = z
  .string()
  .trim()
  .min(1, "a name is missing")
  .max(80, "a name has at most 80 characters")
  .regex(/^\P{Cc}*$/u, "a name has no line breaks");

/** Small letters, digits, - and _: it stands in addresses, commands and files. */
export const WorkspaceId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    "use up to 63 small letters, digits, - and _, beginning with a letter or a digit",
  );

const RowId = z.string().min(1).max(64);
export const ById = z.object({ id: RowId });
/** The answer of what answers nothing. */
export const Done = z.object({});

/** Who is looking at the page. */
export const Me = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("signed-out"),
    /** The name of the single sign-on, null where there is none. */
    sso: z.string().nullable(),
    /** True until the first owner has opened the link that the server printed. */
    isNew: z.boolean(),
  }),
  z.object({
    state: z.literal("signed-in"),
    user: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      hasPassword: z.boolean(),
      hasSecondFactor: z.boolean(),
    }),
    /** Where they belong, by id. */
    workspaces: z.array(z.object({ id: z.string(), role: Role, needsSecondFactor: z.boolean() })),
    /** Owners of a workspace may make others. */
    mayCreateWorkspaces: z.boolean(),
    /** The simulated shop signs in by itself. */
    isDemo: z.boolean(),
  }),
]);
export type Me = z.infer<typeof Me>;

export const SignIn = z.object({ email: Email, password: GivenPassword });
/** `second-factor`: the password was right, and a code is asked for. */
export const SignInOutcome = z.object({ state: z.enum(["signed-in", "second-factor"]) });
/** Six digits of the app, or one of the spare codes. */
export const SignInWithCode = z.object({ code: z.string().trim().min(6).max(32) });

/** A link of ours that works once: the first owner's, an invitation, a new password. */
export const LinkToken = z.object({ token: z.string().min(20).max(200) });
export const LinkFacts = z.object({
  kind: z.enum(["welcome", "invitation", "reset"]),
  /** Null for the first owner, who says it. */
  email: z.string().nullable(),
  workspace: z.string().nullable(),
  role: Role.nullable(),
  /** True where an account is there already: an invitation is then accepted with its password. */
  hasAccount: z.boolean(),
});
export type LinkFacts = z.infer<typeof LinkFacts>;
export const AcceptLink = LinkToken.extend({
  /** Of the first owner; others are known by theirs. */
  email: Email.nullable(),
  /** Of somebody who has no account yet. */
  name: PersonName.nullable(),
  /** The new one, or the present one of somebody who has an account and was invited. */
  password: GivenPassword,
});
export type AcceptLink = z.input<typeof AcceptLink>;

export const RequestReset = z.object({ email: Email });

/** A browser in which somebody is signed in. */
export const SessionRow = z.object({
  id: z.string(),
  isThis: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type SessionRow = z.infer<typeof SessionRow>;
export const SessionList = z.array(SessionRow);

export const RenameMe = z.object({ name: PersonName });
export const ChangePassword = z.object({ current: GivenPassword, next: NewPassword });

export const WithPassword = z.object({ password: GivenPassword });
/** Taking a second factor away asks for both. */
export const RemoveSecondFactor = WithPassword.extend({ code: SignInWithCode.shape.code });
/** What an app for codes is given, once. */
export const SecondFactorSetup = z.object({ uri: z.string(), spareCodes: z.array(z.string()) });
export type SecondFactorSetup = z.infer<typeof SecondFactorSetup>;

export const CreateWorkspace = z.object({ id: WorkspaceId });

export const Team = z.object({
  members: z.array(
    z.object({
      userId: z.string(),
      name: z.string(),
      email: z.string(),
      role: Role,
      joinedAt: z.string(),
      lastSeenAt: z.string().nullable(),
      hasSecondFactor: z.boolean(),
    }),
  ),
  invitations: z.array(
    z.object({ id: z.string(), email: z.string(), role: Role, invitedBy: z.string(), expiresAt: z.string() }),
  ),
});
export type Team = z.infer<typeof Team>;
export const Invite = z.object({ email: Email, role: Role });
export const ChangeRole = z.object({ userId: RowId, role: Role });
export const RemoveMember = z.object({ userId: RowId });

export const ServiceKey = z.object({
  id: z.string(),
  name: z.string(),
  /** How it begins; the key itself is nowhere. */
  hint: z.string(),
  scopes: z.array(Scope),
  createdAt: z.string(),
  createdBy: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type ServiceKey = z.infer<typeof ServiceKey>;
export const ServiceKeys = z.array(ServiceKey);
export const KeyName = z
  .string()
  .regex(/^[\w .:-]{1,64}$/, "use up to 64 letters, digits, spaces and . : _ - for the name of a key");
export const CreateKey = z.object({
  name: KeyName,
  scopes: z.array(Scope).min(1, "a key without a scope opens nothing"),
});
/** The key is shown this once. */
export const CreatedKey = z.object({ key: z.string(), row: ServiceKey });

/** What a workspace asks of its people. */
export const Policies = z.object({
  /** Money moved a week above which a second person has to approve; null: one person is enough for any plan. */
  secondPersonAbove: z.number().positive().finite().nullable(),
  /** Whether members without a second factor are let in. */
  requireSecondFactor: z.boolean(),
});
export type Policies = z.infer<typeof Policies>;
export const DEFAULT_POLICIES: Policies = { secondPersonAbove: null, requireSecondFactor: false };
