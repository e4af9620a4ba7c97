import type { ChannelRules, RulesTrial } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { AddRuleForm } from "./AddRuleForm.tsx";
import { moved, sayRule } from "./rules.ts";

interface Props {
  rules: ChannelRules;
  /** Null while it is asked for anew. */
  trial: RulesTrial | null;
  may: boolean;
  change(rules: ChannelRules): void;
}

/** The rules in their order, with how many touches of the last weeks each one catches. */
export function RulesCard({ rules, trial, may, change }: Props) {
  const words = useWords();
  const { t, format } = words;
  const title = t("mapping.rules.listTitle");
  return (
    <Card title={title} isBusy={trial === null} className={trial === null ? "is-stale" : ""}>
      {may && <AddRuleForm add={(rule) => change([rule, ...rules])} />}
      <ScrollRegion label={title} className="table-scroll rules-scroll">
        <table className="data-table rules-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col" className="numeric" aria-label={t("mapping.rules.listTitle")} />
              <th scope="col">{t("mapping.rules.channel")}</th>
              <th scope="col">{t("mapping.rules.when")}</th>
              <th scope="col" className="numeric">
                {t("mapping.rules.caught")}
              </th>
              {may && <td />}
            </tr>
          </thead>
          <tbody>
            {rules.map((rule, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two rules may say the same; their place tells them apart
              <tr key={place}>
                <td className="numeric">{format.count(place + 1)}</td>
                <th scope="row">{rule.channel}</th>
                <td>{sayRule(rule, words)}</td>
                <td className="numeric">{trial === null ? "" : format.count(trial.caught[place] ?? 0)}</td>
                {may && (
                  <td className="ways-cell rule-ways">
                    <button
                      type="button"
                      className="button button-quiet"
                      disabled={place === 0}
                      aria-label={t("mapping.rules.up", { channel: rule.channel })}
                      onClick={() => change(moved(rules, place, -1))}
                    >
                      <Icon name="up" />
                    </button>
                    <button
                      type="button"
                      className="button button-quiet"
                      disabled={place === rules.length - 1}
                      aria-label={t("mapping.rules.down", { channel: rule.channel })}
                      onClick={() => change(moved(rules, place, 1))}
                    >
                      <Icon name="down" />
                    </button>
                    <button
                      type="button"
                      className="button button-quiet"
                      disabled={rules.length === 1}
                      aria-label={t("mapping.rules.remove", { channel: rule.channel })}
                      onClick={() => change(rules.filter((_, other) => other !== place))}
                    >
                      <Icon name="close" />
                    </button>
                  </td>
                )}
              </tr>
            ))}
            <tr>
              <td />
              <th scope="row">{t("mapping.rules.unassigned")}</th>
              <td>{t("mapping.rules.everythingElse")}</td>
              <td className="numeric">{trial === null ? "" : format.count(trial.unassigned)}</td>
              {may && <td />}
            </tr>
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
