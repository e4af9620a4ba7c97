import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureLine } from "../FailureLine.tsx";
import { useChangeViews, usePlaceToSave } from "./use-views.ts";

const LONGEST = 80;

export function SaveViewForm({ done }: { done(sentence: string): void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [isNameless, setNameless] = useState(false);
  const place = usePlaceToSave();
  const { save } = useChangeViews();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setNameless(name.trim() === "");
    if (name.trim() === "") return;
    save.mutate(
      { ...place, name: name.trim() },
      {
        onSuccess: (view) => {
          setName("");
          done(t("views.saved", { name: view.name }));
        },
      },
    );
  };
  return (
    <form className="views-save" onSubmit={submit} noValidate>
      <label className="field">
        <span className="field-label">{t("views.saveTitle")}</span>
        <input
          value={name}
          maxLength={LONGEST}
          placeholder={t("views.nameHint")}
          aria-label={`${t("views.saveTitle")}: ${t("views.name")}`}
          aria-invalid={isNameless || save.isError}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="button button-primary" disabled={save.isPending}>
        {t("views.save")}
      </button>
      {isNameless && (
        <p className="field-problem" role="alert">
          {t("views.nameless")}
        </p>
      )}
      <FailureLine error={save.error} says={{ CONFLICT: t("views.taken") }} />
      <p className="hint views-hint">{t("views.movesOn")}</p>
    </form>
  );
}
