import type { Proposal } from "@touchline/server/contract";
import { useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMe } from "../../app/me-context.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { wordActor } from "../../charts/prepare/plan-name.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { AmountsForm } from "./AmountsForm.tsx";
import { BrokenLimits } from "./BrokenLimits.tsx";
import { useApprove, useReject, useWithdraw } from "./proposal-queries.ts";
import { StateBadge } from "./StateBadge.tsx";

const LONGEST_REMARK = 1_000;

/** What the proposer has to say is read before anything is decided. The weekly run notes its checks, which have a card of their own. */
function Note({ proposal: { note, proposedBy, origin } }: { proposal: Proposal }) {
  const { t } = useWords();
  if (note === "" || origin === "rebalancing") return null;
  return (
    <>
      <h3 className="said-by">{t("proposals.note", { who: proposedBy.name })}</h3>
      <blockquote className="said">{note}</blockquote>
    </>
  );
}

function Decided({ proposal }: { proposal: Proposal }) {
  const words = useWords();
  const { t, format } = words;
  const timeZone = useTimeZone();
  const { decision, state, decidedSplit } = proposal;
  if (decision === null) return null;
  const who = wordActor(decision.by, words);
  const changed = decidedSplit?.map(({ channel, amount }) =>
    t("review.amounts.one", { channel, amount: format.money(amount, 2) }),
  );
  const when = format.moment(new Date(decision.at), timeZone);
  return (
    <Card title={t("proposals.decision")} className="decision-card">
      <p className="decided">
        <StateBadge state={state} />
        {t("proposals.byAt", { who, when })}
      </p>
      {changed !== undefined && <p>{t("review.amounts.decided", { who, channels: changed.join(", ") })}</p>}
      {proposal.broken.length > 0 && <BrokenLimits plan={proposal.plan} broken={proposal.broken} />}
      {decision.remark === "" ? (
        <p className="hint">{t("proposals.noRemark")}</p>
      ) : (
        <blockquote className="said">{decision.remark}</blockquote>
      )}
      <Note proposal={proposal} />
    </Card>
  );
}

/** Approve, reject or withdraw; closed buttons say who may. */
function Waiting({ proposal }: { proposal: Proposal }) {
  const { t } = useWords();
  const me = useMe();
  const [remark, setRemark] = useState("");
  const [isChanging, setChanging] = useState(false);
  const [approve, reject, withdraw] = [useApprove(), useReject(), useWithdraw()];
  const { id, proposedBy, needsSecondPerson, whyNotApprove } = proposal;
  const isOwn = proposedBy.id === me.user.id;
  const isOfRun = proposal.origin === "rebalancing";
  const persons = needsSecondPerson ? "secondNeeded" : "secondNotNeeded";
  const isBusy = approve.isPending || reject.isPending || withdraw.isPending;
  const decision = { id, remark: remark.trim() };
  const error = approve.error ?? reject.error ?? withdraw.error;
  return (
    <Card
      title={t("proposals.decide")}
      sentence={t("proposals.decideSentence")}
      className="decision-card"
      isBusy={isBusy}
    >
      <Note proposal={proposal} />
      <p>
        {isOfRun
          ? t(needsSecondPerson ? "rebalancing.byRun.second" : "rebalancing.byRun.one")
          : t(`proposals.${persons}${isOwn ? "You" : ""}`, { who: proposedBy.name })}
      </p>
      <label className="field">
        <span className="field-label">{t("proposals.remark")}</span>
        <textarea
          rows={3}
          maxLength={LONGEST_REMARK}
          value={remark}
          onChange={(event) => setRemark(event.target.value)}
        />
        <span className="hint">
          {isOfRun
            ? t("rebalancing.byRun.remarkHint")
            : t(isOwn ? "proposals.remarkHintYou" : "proposals.remarkHint", { who: proposedBy.name })}
        </span>
      </label>
      {isChanging && (
        <AmountsForm
          proposal={proposal}
          remark={decision.remark}
          isBusy={isBusy}
          approve={(split, despiteLimits) => approve.mutate({ ...decision, split, despiteLimits })}
          close={() => setChanging(false)}
        />
      )}
      <div className="decision-buttons">
        <GuardedButton
          right={needsSecondPerson ? "plans:approve-large" : "plans:approve"}
          whyNot={whyNotApprove === "own" ? t("proposals.whyNotOwn") : null}
          type="button"
          className="button button-primary"
          disabled={isBusy}
          onClick={() => approve.mutate(decision)}
        >
          {t("proposals.approve")}
        </GuardedButton>
        <GuardedButton
          right="plans:approve"
          whyNot={decision.remark === "" ? t("proposals.whyNotRemark") : null}
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => reject.mutate(decision)}
        >
          {t("proposals.reject")}
        </GuardedButton>
        {!isChanging && whyNotApprove === null && proposal.plan.status === "optimal" && (
          <button type="button" className="button button-quiet" onClick={() => setChanging(true)}>
            {t("review.amounts.change")}
          </button>
        )}
        {isOwn && (
          <ConfirmButton
            right="plans:propose"
            className="button button-quiet"
            question={t("proposals.withdrawQuestion")}
            sure={t("proposals.withdrawSure")}
            isBusy={isBusy}
            act={() => withdraw.mutate({ id })}
          >
            {t("proposals.withdraw")}
          </ConfirmButton>
        )}
      </div>
      <FailureLine error={error} />
    </Card>
  );
}

export function DecisionCard({ proposal }: { proposal: Proposal }) {
  return proposal.state === "proposed" ? <Waiting proposal={proposal} /> : <Decided proposal={proposal} />;
}
