import type { Need, TodayBrief } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { writeFinding } from "./findings.ts";
import { wordPlanName } from "./plan-name.ts";

export type NeedTone = "act" | "decide" | "watch";

/** One thing that waits, and the one way to go about it. */
export interface NeedLine {
  readonly id: string;
  readonly tone: NeedTone;
  readonly sentence: string;
  readonly action: string;
  readonly to: "/rebalancing" | "/data" | "/pacing" | "/tests" | "/attribution/quality";
  /** Of a proposal. */
  readonly proposal?: string;
}

type Worded = Omit<NeedLine, "id">;

function wordPacing(need: Extract<Need, { kind: "pacing" }>, { t, format }: Words): Worded {
  const { channel, status, end, plan, others } = need;
  const more = others === 1 ? t("today.need.pacingOther") : t("today.need.pacingOthers", { number: others });
  const facts = {
    what: strong(channel ?? t("today.need.pacingAll")),
    ...{ end: strong(format.money(end)), plan: format.money(plan), others: others === 0 ? "" : more },
  };
  return {
    tone: "watch",
    sentence: t(status === "ahead" ? "today.need.pacingAhead" : "today.need.pacingBehind", facts),
    ...{ action: t("today.need.pacingGo"), to: "/pacing" },
  };
}

function wordFinding({ finding, more }: Extract<Need, { kind: "finding" }>, words: Words): Worded {
  const { t, format } = words;
  const sentence = writeFinding(finding, words);
  return {
    tone: finding.severity === "act" ? "act" : "watch",
    sentence: more === 0 ? sentence : t("today.need.findingMore", { sentence, number: format.count(more) }),
    ...{ action: t("today.need.findingGo"), to: "/data" },
  };
}

const FIRST = {
  touchpoints: "today.need.firstTouchpoints",
  spend: "today.need.firstSpend",
  conversions: "today.need.firstConversions",
} as const;

function wordNeed(need: Need, words: Words): Worded {
  const { t, format } = words;
  switch (need.kind) {
    case "proposal": {
      const { origin, movedPerWeek, id } = need;
      const name = wordPlanName(need, words);
      const proposer = origin === "rebalancing" ? t("words.weeklyRun") : need.proposer;
      const facts = { name: strong(name), proposer, money: strong(format.money(movedPerWeek)) };
      const sentence = t("today.need.proposal", facts);
      return { tone: "decide", sentence, action: t("today.need.proposalGo"), to: "/rebalancing", proposal: id };
    }
    case "finding":
      return wordFinding(need, words);
    case "silent-channel": {
      const sentence = t("today.need.silent", { channel: strong(need.channel), day: format.weekday(need.lastDay) });
      return { tone: "act", sentence, action: t("today.need.silentGo"), to: "/data" };
    }
    case "rejected": {
      const sentence = t("today.need.rejectedOne", { rows: strong(format.count(need.rows)) });
      return { tone: "act", sentence, action: t("today.need.rejectedGo"), to: "/data" };
    }
    case "pacing":
      return wordPacing(need, words);
    case "test-ends":
    case "test-result": {
      const facts = { name: strong(need.experimentId), channel: need.channel, day: format.date(need.endDate) };
      const sentence = t(need.kind === "test-ends" ? "today.need.testEnds" : "today.need.testResult", facts);
      return { tone: "watch", sentence, action: t("today.need.testGo"), to: "/tests" };
    }
    case "old-credit": {
      const { finishedAt } = need;
      const day = finishedAt === null ? "" : format.date(finishedAt.slice(0, 10));
      const sentence = finishedAt === null ? t("today.need.noCredit") : t("today.need.oldCredit", { day });
      return { tone: "act", sentence, action: t("today.need.oldCreditGo"), to: "/attribution/quality" };
    }
    case "first-step":
      return { tone: "act", sentence: t(FIRST[need.step]), action: t("today.need.firstGo"), to: "/data" };
  }
}

/** What waits, in words, in the order of the server: what is wrong first. */
export function prepareNeeds({ needs }: Pick<TodayBrief, "needs">, words: Words): readonly NeedLine[] {
  return needs.map((need, i) => ({ id: `${need.kind} ${i}`, ...wordNeed(need, words) }));
}
