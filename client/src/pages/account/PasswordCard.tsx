import { NewPassword } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { NewPasswordField } from "../entry/NewPasswordField.tsx";
import { PasswordField } from "../entry/PasswordField.tsx";
import { useChangePassword } from "./account-queries.ts";

export function PasswordCard({ email }: { email: string }) {
  const { t } = useWords();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isTried, setTried] = useState(false);
  const change = useChangePassword();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (current === "" || !NewPassword.safeParse(next).success || change.isPending) return;
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent("");
          setNext("");
          setTried(false);
        },
      },
    );
  };
  return (
    <Card title={t("account.passwordTitle")}>
      <form className="form-narrow" onSubmit={submit} noValidate>
        {/* For the browser's keeper of passwords, which files by name. */}
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={t("account.passwordNow")}
          autoComplete="current-password"
          value={current}
          problem={isTried && current === "" ? t("entry.passwordMissing") : null}
          onChange={setCurrent}
        />
        <NewPasswordField label={t("entry.newPassword")} value={next} isTried={isTried} onChange={setNext} />
        <FailureLine error={change.error} />
        <div className="form-send">
          <button type="submit" className="button" disabled={change.isPending}>
            {t("account.passwordChange")}
          </button>
          <p role="status" className="hint">
            {change.isSuccess && !isTried && t("account.passwordChanged")}
          </p>
        </div>
      </form>
    </Card>
  );
}
