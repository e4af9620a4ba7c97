import { NewWebhook, WebhookEvent, WebhookFormat } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../../app/FailureLine.tsx";
import { GuardedButton } from "../../../app/GuardedButton.tsx";
import { useMay } from "../../../app/use-may.ts";
import { useWords } from "../../../i18n/words-context.tsx";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { SelectField, TextField } from "../../experiments/fields.tsx";
import { useCreateWebhook } from "./webhook-queries.ts";
import { wordEvent } from "./word-event.ts";

/** What a webhook may be told of; a test is sent by its own button. */
const EVENTS = WebhookEvent.options.filter((event) => event !== "test");
const FIRST: NewWebhook = { name: "", url: "", format: "touchline", events: [...EVENTS] };

/** The secret, this once: it is sealed in the store. */
function NewSecret({ secret, name, done }: { secret: string; name: string; done(): void }) {
  const { t } = useWords();
  return (
    <div className="new-key" role="status">
      <p className="card-sentence">{t("weekly.hooks.once", { name })}</p>
      <pre className="command">
        <code>{secret}</code>
      </pre>
      <div className="form-send">
        <CopyButton text={secret} label={t("weekly.hooks.copy")} />
        <button type="button" className="button" onClick={done}>
          {t("weekly.hooks.kept")}
        </button>
      </div>
    </div>
  );
}

export function AddWebhook() {
  const { t } = useWords();
  const { may } = useMay("webhooks:change");
  const [hook, setHook] = useState<NewWebhook>(FIRST);
  const [isTried, setTried] = useState(false);
  const create = useCreateWebhook();
  const shape = NewWebhook.shape;
  const problemOf = (field: "name" | "url", text: string) =>
    isTried && !shape[field].safeParse(hook[field]).success ? text : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (may && NewWebhook.safeParse(hook).success && !create.isPending) create.mutate(hook);
  };
  if (create.isSuccess) {
    const done = () => {
      create.reset();
      setHook(FIRST);
      setTried(false);
    };
    return <NewSecret secret={create.data.secret} name={create.data.webhook.name} done={done} />;
  }
  return (
    <form className="key-form" onSubmit={submit} noValidate>
      <h3>{t("weekly.hooks.add")}</h3>
      <div className="form-row">
        <TextField
          label={t("weekly.hooks.name")}
          value={hook.name}
          problem={problemOf("name", t("weekly.hooks.nameWrong"))}
          onChange={(name) => setHook({ ...hook, name })}
        />
        <TextField
          label={t("weekly.hooks.url")}
          value={hook.url}
          placeholder={t("weekly.hooks.urlRule")}
          problem={problemOf("url", t("weekly.hooks.urlWrong"))}
          onChange={(url) => setHook({ ...hook, url })}
        />
        <SelectField
          label={t("weekly.hooks.format")}
          value={hook.format}
          onChange={(format) => setHook({ ...hook, format: WebhookFormat.parse(format) })}
        >
          {WebhookFormat.options.map((format) => (
            <option key={format} value={format}>
              {t(`weekly.hooks.formatOf.${format}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <fieldset className="scopes">
        <legend className="field-label">{t("weekly.hooks.events")}</legend>
        <div className="channel-checks">
          {EVENTS.map((event) => (
            <label key={event} className="scope">
              <input
                type="checkbox"
                checked={hook.events.includes(event)}
                onChange={({ target }) =>
                  setHook({
                    ...hook,
                    events: EVENTS.filter((each) => (each === event ? target.checked : hook.events.includes(each))),
                  })
                }
              />
              <span>{wordEvent(event, t)}</span>
            </label>
          ))}
        </div>
        {isTried && hook.events.length === 0 && <p className="field-problem">{t("weekly.hooks.eventMissing")}</p>}
      </fieldset>
      <FailureLine error={create.error} />
      <div className="form-send">
        <GuardedButton type="submit" right="webhooks:change" className="button" disabled={create.isPending}>
          {t("weekly.hooks.create")}
        </GuardedButton>
      </div>
    </form>
  );
}
