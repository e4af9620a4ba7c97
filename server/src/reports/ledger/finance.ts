import { DEFAULT_FINANCE, FinanceSettings } from "../../contract/index.ts";
import { type Actor, financeSettings, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import { withoutPrototype } from "../../without-prototype.ts";

export interface LedgerDesk {
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

/** Shares of a value that do not add up to 1 would make or lose money. */
const SHARES_OFF = 1e-6;

export async function readFinance(store: WorkspaceStore): Promise<FinanceSettings> {
  const [row] = await store.select(financeSettings);
  if (row === undefined) return DEFAULT_FINANCE;
  const settings = FinanceSettings.parse(row.settings);
  return { ...settings, accounts: withoutPrototype(settings.accounts) };
}

/** @throws UserError when the shares of a conversion type do not add up to 1 */
export function changeFinance(
  { store, actor }: LedgerDesk,
  settings: FinanceSettings,
  now: Date,
): Promise<FinanceSettings> {
  for (const { conversionType, shares } of settings.paymentsOverTime) {
    const sum = shares.reduce((total, share) => total + share, 0);
    if (Math.abs(sum - 1) > SHARES_OFF)
      throw new UserError(
        `the shares that "${conversionType}" is paid in add up to ${Number(sum.toFixed(6))}: they have to add up to 1`,
      );
  }
  return store.transaction(async (tx) => {
    const before = await readFinance(tx);
    await tx.put(financeSettings, { settings, updatedBy: actor.id, updatedAt: now }, []);
    await tx.audit({
      ...{ actor, action: "finance.change", subject: { kind: "settings", id: "finance" } },
      ...{ before, after: settings },
    });
    return settings;
  });
}
