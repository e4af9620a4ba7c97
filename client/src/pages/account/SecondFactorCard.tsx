import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import type { SignedIn } from "../../app/way-in.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { CodeField } from "../entry/CodeField.tsx";
import { PasswordField } from "../entry/PasswordField.tsx";
import { useRemoveSecondFactor, useSetUpSecondFactor } from "./account-queries.ts";
import { SecondFactorSteps } from "./SecondFactorSteps.tsx";

interface ProofFormProps {
  send: string;
  /** Taking the second factor away takes it once more. */
  asksCode: boolean;
  isBusy: boolean;
  error: unknown;
  cancel(): void;
  onSend(proof: { password: string; code: string }): void;
}

/** Whoever sits down at an open browser must not be able to change how it is opened. */
function ProofForm({ send, asksCode, isBusy, error, cancel, onSend }: ProofFormProps) {
  const { t } = useWords();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isWhole = password !== "" && (!asksCode || code.trim().length >= 6);
    if (isWhole && !isBusy) onSend({ password, code: code.trim() });
  };
  return (
    <form className="form-narrow" onSubmit={submit} noValidate>
      <PasswordField
        label={t("account.passwordNow")}
        autoComplete="current-password"
        value={password}
        isFocused
        onChange={setPassword}
      />
      {asksCode && <CodeField value={code} hint={t("entry.codeSpare")} onChange={setCode} />}
      <FailureLine error={error} says={{ TOO_MANY_REQUESTS: t("entry.tooMany") }} />
      <div className="form-send">
        <button type="submit" className={asksCode ? "button button-danger" : "button button-primary"} disabled={isBusy}>
          {send}
        </button>
        <button type="button" className="button" onClick={cancel}>
          {t("app.cancel")}
        </button>
      </div>
    </form>
  );
}

/** Codes of an app: set up, and taken away again. */
export function SecondFactorCard({ user }: { user: SignedIn["user"] }) {
  const { t } = useWords();
  const [isAsking, setAsking] = useState(false);
  const setUp = useSetUpSecondFactor();
  const remove = useRemoveSecondFactor();
  const stop = () => {
    setAsking(false);
    setUp.reset();
    remove.reset();
  };
  const isOn = user.hasSecondFactor;
  const sentence = t(isOn ? "account.factorOn" : "account.factorOff");
  if (!isOn && setUp.data !== undefined) {
    return (
      <Card title={t("account.factorTitle")} sentence={t("account.factorSteps")} className="card-wide">
        <SecondFactorSteps setup={setUp.data} onDone={stop} cancel={stop} />
      </Card>
    );
  }
  if (!user.hasPassword) {
    return (
      <Card title={t("account.factorTitle")}>
        <p>{t("account.factorNeedsPassword")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("account.factorTitle")} sentence={sentence}>
      {isAsking ? (
        <ProofForm
          send={t(isOn ? "account.factorRemoveSure" : "account.factorNext")}
          asksCode={isOn}
          isBusy={setUp.isPending || remove.isPending}
          error={setUp.error ?? remove.error}
          cancel={stop}
          onSend={(proof) =>
            isOn ? remove.mutate(proof, { onSuccess: stop }) : setUp.mutate({ password: proof.password })
          }
        />
      ) : (
        <button type="button" className={isOn ? "button" : "button button-primary"} onClick={() => setAsking(true)}>
          {t(isOn ? "account.factorRemove" : "account.factorSetUp")}
        </button>
      )}
    </Card>
  );
}
