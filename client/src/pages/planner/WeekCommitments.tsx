import { type FormEvent, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { RemovableChips } from "../../ui/RemovableChips.tsx";
import type { WeekProps } from "./WeeksFields.tsx";

/** Money that is already promised to a channel in one week. */
export function WeekCommitments({ choices, channels, change }: WeekProps) {
  const { t, format } = useWords();
  const [channel, setChannel] = useState("");
  const [week, setWeek] = useState(1);
  const [amount, setAmount] = useState<number | null>(null);
  const { commitments, weeks } = choices;
  const chosen = channel === "" ? channels[0] : channel;
  const isReady = chosen !== undefined && amount !== null && week <= weeks;
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const others = commitments.filter((each) => each.channel !== chosen || each.week !== week);
    change({ ...choices, commitments: [...others, { channel: chosen, week, amount }] });
    setAmount(null);
  };
  const nameOf = (each: (typeof commitments)[number]) =>
    t("studies.weeks.commitmentText", {
      channel: each.channel,
      week: format.count(each.week),
      amount: format.money(each.amount),
    });
  return (
    <section>
      <h3>{t("studies.weeks.commitments")}</h3>
      <RemovableChips
        chips={commitments.map((each, index) => ({ id: `${index} ${nameOf(each)}`, text: nameOf(each) }))}
        remove={(index) => change({ ...choices, commitments: commitments.toSpliced(index, 1) })}
      />
      <form className="weeks-form" onSubmit={add}>
        <label className="field">
          <span className="field-label">{t("words.channel")}</span>
          <select value={chosen} onChange={(event) => setChannel(event.target.value)}>
            {channels.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="field-label">{t("studies.weeks.commitmentWeek")}</span>
          <input
            type="number"
            min={1}
            max={weeks}
            value={week}
            onChange={(event) => setWeek(Math.max(1, Math.round(Number(event.target.value))))}
          />
        </label>
        <NumberField label={t("studies.weeks.commitmentAmount")} kind="amount" value={amount} onChange={setAmount} />
        <button type="submit" className="button" disabled={!isReady}>
          {t("studies.weeks.commitmentAdd")}
        </button>
      </form>
    </section>
  );
}
