import { type FormEvent, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { RemovableChips } from "../../ui/RemovableChips.tsx";
import type { WeekProps } from "./WeeksFields.tsx";

const NEW = { channel: "", from: "", to: "", change: "" };

/** What touches will cost against today on certain days: dearer before a feast, cheaper in summer. */
export function WeekPrices({ choices, channels, change }: WeekProps) {
  const { t, format } = useWords();
  const [entry, setEntry] = useState(NEW);
  const { prices } = choices;
  const percent = Number(entry.change.replace(",", ".").replace("%", ""));
  const isReady =
    entry.from !== "" && entry.to !== "" && entry.from <= entry.to && entry.change.trim() !== "" && percent > -99;
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const channel = entry.channel === "" ? null : entry.channel;
    const price = { channel, from: entry.from, to: entry.to, factor: Math.round((1 + percent / 100) * 1e4) / 1e4 };
    change({ ...choices, prices: [...prices, price] });
    setEntry(NEW);
  };
  const nameOf = (price: (typeof prices)[number]) =>
    t("studies.weeks.priceText", {
      channel: price.channel ?? t("studies.weeks.priceAll"),
      change: format.percentChange(price.factor - 1, 0),
      range: format.range(price.from, price.to),
    });
  return (
    <section>
      <h3>{t("studies.weeks.prices")}</h3>
      <RemovableChips
        chips={prices.map((each, index) => ({ id: `${index} ${nameOf(each)}`, text: nameOf(each) }))}
        remove={(index) => change({ ...choices, prices: prices.toSpliced(index, 1) })}
      />
      <form className="weeks-form" onSubmit={add}>
        <label className="field">
          <span className="field-label">{t("words.channel")}</span>
          <select value={entry.channel} onChange={(event) => setEntry({ ...entry, channel: event.target.value })}>
            <option value="">{t("studies.weeks.priceAll")}</option>
            {channels.map((channel) => (
              <option key={channel}>{channel}</option>
            ))}
          </select>
        </label>
        {(["from", "to"] as const).map((side) => (
          <label key={side} className="field">
            <span className="field-label">
              {t(side === "from" ? "studies.weeks.priceFrom" : "studies.weeks.priceTo")}
            </span>
            <input
              type="date"
              value={entry[side]}
              onChange={(event) => setEntry({ ...entry, [side]: event.target.value })}
            />
          </label>
        ))}
        <label className="field">
          <span className="field-label">{t("studies.weeks.priceChange")}</span>
          <span className="field-box">
            <input
              type="text"
              inputMode="decimal"
              placeholder="+30"
              value={entry.change}
              onChange={(event) => setEntry({ ...entry, change: event.target.value })}
            />
            <span className="field-unit">%</span>
          </span>
        </label>
        <button type="submit" className="button" disabled={!isReady}>
          {t("studies.weeks.priceAdd")}
        </button>
      </form>
    </section>
  );
}
