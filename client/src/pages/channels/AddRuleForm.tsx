import type { ChannelRules } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { SelectField, TextField } from "../experiments/fields.tsx";

const PARTS = ["source", "medium", "campaign", "click_id", "referrer"] as const;

/** A rule of one condition, which most rules are; longer ones are written in a file (touchline channels set). */
export function AddRuleForm({ add }: { add(rule: ChannelRules[number]): void }) {
  const { t } = useWords();
  const [channel, setChannel] = useState("");
  const [part, setPart] = useState<(typeof PARTS)[number]>("source");
  const [texts, setTexts] = useState("");
  const is = texts
    .split(",")
    .map((text) => text.trim())
    .filter((text) => text !== "");
  const isReady = channel.trim() !== "" && is.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    add({ channel: channel.trim().slice(0, 100), all: [{ part, is }] });
    setChannel("");
    setTexts("");
  };
  return (
    <form className="add-rule" onSubmit={submit} aria-label={t("mapping.rules.addTitle")}>
      <TextField label={t("mapping.rules.channel")} value={channel} onChange={setChannel} />
      <SelectField
        label={t("mapping.rules.part")}
        value={part}
        onChange={(value) => setPart(PARTS.find((each) => each === value) ?? "source")}
      >
        {PARTS.map((each) => (
          <option key={each} value={each}>
            {t(`mapping.rules.parts.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={t("mapping.rules.texts")} value={texts} onChange={setTexts} />
      <button type="submit" className="button" disabled={!isReady}>
        {t("mapping.rules.add")}
      </button>
    </form>
  );
}
