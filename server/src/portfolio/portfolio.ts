import {
  type Accounts,
  isStronglySignedIn,
  type RequestFacts,
  requireMember,
  type SignedIn,
  standingsOf,
} from "../accounts/index.ts";
import type { Portfolio, PortfolioInput, PortfolioRow } from "../contract/index.ts";
import { sumOf } from "../exact.ts";
import { groupBy } from "../group-by.ts";
import { log } from "../log.ts";
import type { Workspace } from "../workspace.ts";
import { inParallel } from "./in-parallel.ts";
import { readPortfolioRow } from "./portfolio-row.ts";

interface PortfolioDesk {
  readonly accounts: Accounts;
  readonly who: SignedIn;
  readonly request: RequestFacts;
  readonly openWorkspace: (name: string) => Promise<Workspace>;
  readonly inTurn: <T>(userId: string, work: () => Promise<T>) => Promise<T>;
}

/** Workspaces that are read at once: fewer than one person's share of the server, so that their other pages go on. */
const AT_ONCE = 3;

/** Every workspace that the reader belongs to. Membership of each is proved before it is opened; one that fails leaves the others. */
export async function fetchPortfolio(desk: PortfolioDesk, input: PortfolioInput, now = new Date()): Promise<Portfolio> {
  const { accounts, who } = desk;
  const standings = await standingsOf(accounts.store.db, who.id);
  const rows = await inParallel(
    standings,
    AT_ONCE,
    async ({ id, role, requiresSecondFactor }): Promise<PortfolioRow> => {
      const named = { workspace: id, role };
      if (requiresSecondFactor && !isStronglySignedIn(who)) return { state: "second-factor", ...named };
      try {
        return await desk.inTurn(who.id, async () => {
          const proved = await requireMember(accounts, who, id, "results:read", desk.request);
          return readPortfolioRow(proved, await desk.openWorkspace(id), input, now);
        });
      } catch (error) {
        log.warn({ err: error, workspace: id }, "a workspace could not be read for a portfolio");
        return { state: "failed", ...named };
      }
    },
  );
  return { rows, totals: totalsOf(rows) };
}

type Ready = Extract<PortfolioRow, { state: "ready" }>;
const FIGURES = ["spend", "revenue", "conversions"] as const;

function addUp(amounts: readonly Ready["now"][]): Ready["now"] {
  const [spend, revenue, conversions] = FIGURES.map((figure) => sumOf(amounts.map((each) => each[figure])));
  return { spend: spend!, revenue: revenue!, conversions: conversions! };
}

/** What was before is a total only where all of them have it. */
export function totalsOf(rows: readonly PortfolioRow[]): Portfolio["totals"] {
  const ready = rows.filter((row) => row.state === "ready");
  return [...groupBy(ready, ({ currency }) => currency)]
    .map(([currency, same]) => {
      const before = same.flatMap((row) => (row.before === null ? [] : [row.before]));
      return {
        ...{ currency, workspaces: same.length, now: addUp(same.map((row) => row.now)) },
        before: before.length === same.length ? addUp(before) : null,
      };
    })
    .sort((a, b) => b.workspaces - a.workspaces || (a.currency < b.currency ? -1 : 1));
}
