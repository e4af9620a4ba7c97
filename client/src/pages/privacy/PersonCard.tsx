import type { PrivacyRequest } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { EraseForm } from "./EraseForm.tsx";
import { useErase, useExportPerson, usePreview, useWithdrawConsent } from "./privacy-queries.ts";
import { saveText } from "./save-text.ts";

const LONGEST_IDENTIFIER = 500;

function Outcome({ request }: { request: PrivacyRequest }) {
  const { t, format } = useWords();
  const { kind, isComplete, rowsLeft, print } = request;
  const text = {
    access: t("privacy.doneAccess"),
    withdrawal: t("privacy.doneWithdrawal"),
    erasure: t(isComplete ? "privacy.doneErasure" : "privacy.doneErasurePartly", { left: format.count(rowsLeft ?? 0) }),
  }[kind];
  return (
    <p className={isComplete ? "refused-outcome" : "refused-outcome request-open"}>
      {text} {t("words.titled", { title: t("privacy.print"), text: print })}
    </p>
  );
}

/** The rights of whoever asks: access, erasure, withdrawal. */
export function PersonCard() {
  const { t } = useWords();
  const { may } = useMay("privacy:act");
  const [identifier, setIdentifier] = useState("");
  const [done, setDone] = useState<PrivacyRequest | null>(null);
  const [preview, erase, take, withdraw] = [usePreview(), useErase(), useExportPerson(), useWithdrawConsent()];
  const isBusy = [preview, erase, take, withdraw].some(({ isPending }) => isPending);
  const isEmpty = identifier.trim() === "";
  const asked = { identifier: identifier.trim() };
  const change = (text: string) => {
    setIdentifier(text);
    setDone(null);
    for (const each of [preview, erase, take, withdraw]) each.reset();
  };
  /** The identifier does not stay on the screen once it is dealt with. */
  const finish = (request: PrivacyRequest) => {
    change("");
    setDone(request);
  };
  const look = (event: FormEvent) => {
    event.preventDefault();
    if (may && !isEmpty && !isBusy) preview.mutate(asked);
  };
  return (
    <Card title={t("privacy.personTitle")} sentence={t("privacy.personSentence")} isBusy={isBusy}>
      <form className="person-form" onSubmit={look}>
        <label className="field">
          <span className="field-label">{t("privacy.identifier")}</span>
          <input
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={LONGEST_IDENTIFIER}
            value={identifier}
            onChange={(event) => change(event.target.value)}
          />
        </label>
        <div className="person-actions">
          <GuardedButton
            right="privacy:act"
            type="button"
            className="button"
            disabled={isEmpty || isBusy}
            title={t("privacy.accessWhy")}
            onClick={() =>
              take.mutate(asked, {
                onSuccess: ({ fileName, json, request }) => {
                  saveText(fileName, json);
                  finish(request);
                },
              })
            }
          >
            {t("privacy.access")}
          </GuardedButton>
          <ConfirmButton
            right="privacy:act"
            className="button"
            question={`${t("privacy.withdrawalQuestion")} ${t("privacy.withdrawalWhy")}`}
            sure={t("privacy.withdrawalSure")}
            isBusy={isEmpty || isBusy}
            act={() => withdraw.mutate(asked, { onSuccess: finish })}
          >
            {t("privacy.withdrawal")}
          </ConfirmButton>
          <GuardedButton
            right="privacy:act"
            type="submit"
            className="button button-danger"
            disabled={isEmpty || isBusy}
            title={t("privacy.erasureWhy")}
          >
            {t("privacy.erasure")}
          </GuardedButton>
        </div>
      </form>
      {preview.data !== undefined && (
        <EraseForm
          identifier={asked.identifier}
          preview={preview.data}
          isBusy={isBusy}
          erase={() => erase.mutate(asked, { onSuccess: finish })}
          stop={() => preview.reset()}
        />
      )}
      <div role="status">{done !== null && <Outcome request={done} />}</div>
      <FailureLine error={preview.error ?? erase.error ?? take.error ?? withdraw.error} />
    </Card>
  );
}
