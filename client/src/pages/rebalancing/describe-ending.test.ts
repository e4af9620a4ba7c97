import type { RebalancingRunSummary, RunEnding } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { wordPlanName } from "../../charts/prepare/plan-name.ts";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { wordEnding, wordHeadline } from "./describe-ending.ts";

const [english, french] = [wordsIn("en"), wordsIn("fr")];
const at = "2026-11-16T05:00:00.000Z";

function runOf(state: RebalancingRunSummary["state"], ending: RunEnding, more: Partial<RebalancingRunSummary> = {}) {
  return {
    ...{ id: "r", period: "2026-11-16", isDry: false, trigger: "schedule" as const, startedBy: "weekly job" },
    ...{ startedAt: at, endedAt: at, state, ending, outcome: "as the server says it", proposalId: null },
    ...{ movedPerWeek: "1200.50", ...more },
  };
}
const say = (run: RebalancingRunSummary, words = french) => plainSpaces(wordEnding(run, "Europe/Paris", words));

describe("how a run ended", () => {
  it("is said in French wherever the server says it in English", () => {
    const text = "as the server says it";
    const check = {
      ...{ rule: "blackout" as const, channel: null, outcome: "blocked" as const, text, lift: "" },
      numbers: { says: "blackout", day: "2026-11-25", from: "2026-11-20", to: "2026-11-30", reason: "soldes" },
    };
    const standing = { code: "standing", name: "Weekly plan of 2026-11-09", origin: "rebalancing" } as const;
    const runs = [
      runOf("blocked", { code: "check", check }),
      runOf("blocked", { code: "impossible" }),
      runOf("nothing", { code: "warning", warning: { code: "already-best", text } }),
      runOf("nothing", { code: "none-better" }),
      runOf("nothing", { ...standing, since: "2026-11-10" }),
      runOf("nothing", { ...standing, since: null }),
      runOf("proposed", { code: "waits" }),
      runOf("proposed", { code: "waits" }, { isDry: true }),
      runOf("applied", { code: "approved" }),
      runOf("cancelled", { code: "cancelled", by: "Ada" }),
      runOf("failed", { code: "failed", step: "refit" }),
      runOf("failed", { code: "left" }),
    ];
    for (const run of runs) {
      expect(say(run)).not.toMatch(/as the server says it|rebalancing\.|\{\{/);
      expect(say(run)).not.toBe(say(run, english));
    }
    expect(say(runs[4]!)).toContain("« Plan hebdomadaire du 9 nov. 2026 »");
    expect(new Set(runs.map((run) => say(run))).size).toBe(runs.length);
  });

  it("keeps the server's reason of a failure where the reader's language is its own", () => {
    expect(say(runOf("failed", { code: "failed", step: "refit" }), english)).toBe("as the server says it");
    const cancelled = runOf("cancelled", { code: "cancelled", by: "Ada" });
    expect(wordHeadline(cancelled, "Europe/Paris", english)).toBe("Cancelled: Ada cancelled it.");
  });
});

describe("the name of a plan", () => {
  it("is in the reader's language where nobody named it", () => {
    const say = (name: string, origin: "person" | "rebalancing" | "way-back") =>
      plainSpaces(wordPlanName({ name, origin }, french));
    expect(say("Weekly plan of 2026-11-16", "rebalancing")).toBe("Plan hebdomadaire du 16 nov. 2026");
    expect(say("Back from Weekly plan of 2026-11-16", "way-back")).toBe(
      "Retour de « Plan hebdomadaire du 16 nov. 2026 »",
    );
    expect(say("Back from Autumn", "way-back")).toBe("Retour de « Autumn »");
    expect(say("Weekly plan of 2026-11-16", "person")).toBe("Weekly plan of 2026-11-16");
  });
});
