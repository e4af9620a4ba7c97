import { type Environment, environment } from "../configuration/index.ts";
import { requireSafeIssuer } from "../plain-transport.ts";
import { secretOfEnvironment } from "../secret-of-environment.ts";
import { UserError } from "../user-error.ts";
import type { SsoSettings } from "./sign-in-engine.ts";

const NAMES = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

/** Single sign-on by OpenID Connect, where the environment names one. @throws UserError where it names a part of one */
export function ssoOfEnvironment(env: Environment = environment()): SsoSettings | null {
  const said = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, secretOfEnvironment("OIDC_CLIENT_SECRET", env)];
  const [issuer = "", clientId = "", clientSecret = ""] = said.map((value) => value?.trim() ?? "");
  const missing = NAMES.filter((_name, index) => (said[index]?.trim() ?? "") === "");
  if (missing.length === NAMES.length) return null;
  if (missing.length > 0)
    throw new UserError(`single sign-on needs all of ${NAMES.join(", ")}: ${missing.join(" and ")} is missing`);
  requireSafeIssuer(issuer);
  return { issuer, clientId, clientSecret };
}
