import type { MailTo, Notice } from "../notifications/index.ts";
import { withDecided } from "./decided-split.ts";
import type { ProposalRow } from "./describe-proposal.ts";
import { movedPerWeek } from "./moved-per-week.ts";

const pathOf = ({ id }: ProposalRow) => `/rebalancing?id=${encodeURIComponent(id)}`;

/** For machines: what the list of proposals says of it. */
function machineFacts(row: ProposalRow) {
  const { id, name, state, origin, originId, plan, decidedSplit } = row;
  const { budget, period, currency, allocation } = withDecided(plan, decidedSplit);
  const split = Object.fromEntries(allocation.map(({ channel, recommended }) => [channel, recommended]));
  return {
    ...{ proposal: id, name, state, origin, originId, currency, period, budget, split },
    movedPerWeek: movedOf(row).toFixed(2),
    isChanged: decidedSplit !== null,
  };
}

function movedOf({ plan, decidedSplit, movedPerWeek: recommended }: ProposalRow): number {
  return decidedSplit === null ? recommended : movedPerWeek(withDecided(plan, decidedSplit));
}

/** The proposer, where that is somebody other than whoever acted; a proposal of the weekly job is everybody's who may make plans. */
function proposerOf({ origin, proposedBy }: ProposalRow, actorId: string): MailTo {
  if (origin === "rebalancing") return "plans:propose";
  return proposedBy === actorId ? null : { people: [proposedBy] };
}

export function approvedNotice(row: ProposalRow, by: { readonly id: string; readonly name: string }): Notice {
  const { name, plan, decidedSplit, decidedWorth, remark } = row;
  const current = new Map(plan.allocation.map((each) => [each.channel, each.recommended]));
  const changes = (decidedSplit ?? []).map(
    ({ channel, amount }) =>
      `${channel}: ${amount} ${plan.currency} a ${plan.period} in place of ${current.get(channel)}.`,
  );
  const despite = (decidedWorth?.broken ?? []).map(({ text }) => `Approved all the same: ${text}.`);
  return {
    event: "proposal.approved",
    title: `${by.name} has approved the plan "${name}"`,
    text: lines(`It moves ${movedOf(row).toFixed(2)} ${plan.currency} a week.`, ...changes, ...despite, quoted(remark)),
    ...{ path: pathOf(row), facts: { ...machineFacts(row), by: by.name, remark: remark ?? "" } },
    mailTo: proposerOf(row, by.id),
    except: by.id,
  };
}

export function rejectedNotice(row: ProposalRow, by: { readonly id: string; readonly name: string }): Notice {
  return {
    event: "proposal.rejected",
    title: `${by.name} has rejected the plan "${row.name}"`,
    text: lines("Nothing changes.", quoted(row.remark)),
    ...{ path: pathOf(row), facts: { ...machineFacts(row), by: by.name, remark: row.remark ?? "" } },
    mailTo: proposerOf(row, by.id),
    except: by.id,
  };
}

export function expiredNotice(row: ProposalRow): Notice {
  const until = row.expiresAt?.toISOString().slice(0, 16).replace("T", " ") ?? "";
  return {
    event: "proposal.expired",
    title: `Nobody decided on the plan "${row.name}" in time`,
    text: `It waited until ${until} UTC and can no longer be approved. Today's split stays.`,
    ...{ path: pathOf(row), facts: machineFacts(row) },
    mailTo: row.origin === "rebalancing" ? "plans:approve" : { people: [row.proposedBy] },
  };
}

/** @param people who took part so far: the proposer, whoever decided or commented */
export function commentNotice(
  row: ProposalRow,
  comment: { readonly id: string; readonly writerId: string; readonly writerName: string; readonly text: string },
  people: readonly string[],
): Notice {
  const { id, writerId, writerName, text } = comment;
  return {
    event: "proposal.commented",
    title: `${writerName} has commented on the plan "${row.name}"`,
    text,
    ...{ path: pathOf(row), facts: { ...machineFacts(row), comment: { id, by: writerName, text } } },
    mailTo: { people },
    except: writerId,
  };
}

function quoted(remark: string | null): string {
  return remark === null || remark === "" ? "" : `"${remark}"`;
}

function lines(...texts: string[]): string {
  return texts.filter((text) => text !== "").join("\n");
}
