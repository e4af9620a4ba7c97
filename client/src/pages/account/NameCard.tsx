import { PersonName } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import type { SignedIn } from "../../app/way-in.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { useRename } from "./account-queries.ts";

export function NameCard({ user }: { user: SignedIn["user"] }) {
  const { t } = useWords();
  const [name, setName] = useState(user.name);
  const rename = useRename();
  const parsed = PersonName.safeParse(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success && !rename.isPending) rename.mutate({ name: parsed.data });
  };
  return (
    <Card title={t("account.nameTitle")}>
      <form className="form-narrow" onSubmit={submit} noValidate>
        <label className="field">
          <span className="field-label">{t("entry.name")}</span>
          <input
            type="text"
            autoComplete="name"
            maxLength={80}
            value={name}
            aria-invalid={!parsed.success}
            onChange={(event) => {
              setName(event.target.value);
              rename.reset();
            }}
          />
          <span className="hint">{t("entry.nameWhy")}</span>
        </label>
        <FailureLine error={rename.error} />
        <div className="form-send">
          <button type="submit" className="button" disabled={!parsed.success || rename.isPending || name === user.name}>
            {t("account.save")}
          </button>
          <p role="status" className="hint">
            {rename.isSuccess && t("account.saved")}
          </p>
        </div>
      </form>
    </Card>
  );
}
