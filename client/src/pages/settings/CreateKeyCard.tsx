import { KeyName, Scope } from "@touchline/server/contract";
import { type FormEvent, useId, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { useCreateKey } from "./settings-queries.ts";

/** A colon stands between parts of a key in the dictionary. */
const SCOPE_WORDS = { ingest: "ingest", "reports:read": "reports", rebalance: "rebalance" } as const;

function ScopeChoice({
  chosen,
  choose,
  problem,
}: {
  chosen: readonly Scope[];
  choose(scopes: Scope[]): void;
  problem: string | null;
}) {
  const { t } = useWords();
  return (
    <fieldset className="scopes">
      <legend className="field-label">{t("settings.scopes")}</legend>
      {Scope.options.map((scope) => (
        <label key={scope} className="scope">
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={(event) =>
              choose(Scope.options.filter((each) => (each === scope ? event.target.checked : chosen.includes(each))))
            }
          />
          <span>
            <code>{scope}</code>
            <span className="cell-below">{t(`settings.scope.${SCOPE_WORDS[scope]}`)}</span>
          </span>
        </label>
      ))}
      {problem !== null && <p className="field-problem">{problem}</p>}
    </fieldset>
  );
}

/** The key, this once: only its print is kept. */
function NewKey({ secret, name, done }: { secret: string; name: string; done(): void }) {
  const { t } = useWords();
  return (
    <div className="new-key" role="status">
      <p className="card-sentence">{t("settings.keyOnce", { name })}</p>
      <pre className="command">
        <code>{secret}</code>
      </pre>
      <div className="form-send">
        <CopyButton text={secret} label={t("settings.copyKey")} />
        <button type="button" className="button" onClick={done}>
          {t("settings.keyKept")}
        </button>
      </div>
    </div>
  );
}

export function CreateKeyCard() {
  const { t } = useWords();
  const { may } = useMay("keys:change");
  const noteId = useId();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["ingest"]);
  const [isTried, setTried] = useState(false);
  const create = useCreateKey();
  const isName = KeyName.safeParse(name.trim()).success;
  const isWrong = isTried && !isName;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (may && isName && scopes.length > 0 && !create.isPending) create.mutate({ name: name.trim(), scopes });
  };
  const done = () => {
    create.reset();
    setName("");
    setTried(false);
  };
  return (
    <Card title={t("settings.keyTitle")} sentence={create.isSuccess ? undefined : t("settings.keySentence")}>
      {create.isSuccess ? (
        <NewKey secret={create.data.key} name={create.data.row.name} done={done} />
      ) : (
        <form className="key-form" onSubmit={submit} noValidate>
          <label className={isWrong ? "field field-broken" : "field"}>
            <span className="field-label">{t("settings.keyName")}</span>
            <input
              type="text"
              autoComplete="off"
              maxLength={64}
              value={name}
              placeholder={t("settings.keyExample")}
              aria-invalid={isWrong}
              aria-describedby={noteId}
              onChange={(event) => setName(event.target.value)}
            />
            <span id={noteId} className={isWrong ? "field-problem" : "hint"}>
              {t("settings.keyRule")}
            </span>
          </label>
          <ScopeChoice
            chosen={scopes}
            choose={setScopes}
            problem={isTried && scopes.length === 0 ? t("settings.scopeMissing") : null}
          />
          <FailureLine error={create.error} />
          <div className="form-send">
            <GuardedButton
              type="submit"
              right="keys:change"
              className="button button-primary"
              disabled={create.isPending}
            >
              {t("settings.keyCreate")}
            </GuardedButton>
          </div>
        </form>
      )}
    </Card>
  );
}
