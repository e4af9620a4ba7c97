import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** Somebody as a single sign-on knows them. */
export interface Identity {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

/** A real OpenID provider on this machine, at which people sign in without a page. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who signs in next. */
  as(identity: Identity): void;
  /** What the provider was asked: the addresses of its endpoint for signing in. */
  readonly asked: readonly URL[];
  /** Goes through the sign-in as a browser would. @returns the address that the browser is sent back to */
  signIn(start: string): Promise<string>;
  close(): Promise<void>;
}

const CLIENT = { clientId: "touchline", clientSecret: "a-secret-of-thirty-two-characters" };

/** @param callback where the browser is sent back to */
export async function startIdentityProvider(callback: string): Promise<IdentityProvider> {
  let present: Identity | null = null;
  const known = new Map<string, Identity>();
  const asked: URL[] = [];
  const server: Server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [callback],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        id_token_signed_response_alg: "RS256",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ ...known.get(id)! }) }),
    async loadExistingGrant(context) {
      const { client, session, provider: own } = context.oidc;
      const grant = new own.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    cookies: { keys: ["for tests"] },
    ttl: { Session: 60, Interaction: 60, Grant: 60, IdToken: 60, AccessToken: 60, AuthorizationCode: 60 },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const url = new URL(request.url!, issuer);
    if (url.pathname === "/auth") asked.push(url);
    if (url.pathname.startsWith("/sign-in/"))
      void provider.interactionFinished(request, response, { login: { accountId: present!.sub } });
    else void answer(request, response);
  });
  return {
    ...{ issuer, ...CLIENT, asked },
    as(identity) {
      present = identity;
      known.set(identity.sub, identity);
    },
    async signIn(start) {
      const cookies = new Map<string, string>();
      const seen: string[] = [];
      let address = start;
      while (address.startsWith(issuer)) {
        seen.push(address);
        if (seen.length > 20) throw new Error(`the sign-in does not end: ${seen.join("\n")}`);
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const reply = await fetch(address, { headers: { cookie }, redirect: "manual" });
        for (const line of reply.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const next = reply.headers.get("location");
        if (next === null) throw new Error(`${address} answered ${reply.status}: ${await reply.text()}`);
        address = new URL(next, issuer).toString();
      }
      return address;
    },
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
