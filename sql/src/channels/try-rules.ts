import { EngineError } from "../engine-error.ts";
import { quoteText } from "../imports/quoting.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { type ChannelParts, type ChannelRules, firstRuleExpression, UNASSIGNED } from "./channel-rules.ts";

/** The first expression of the rules that the engine cannot read, and its complaint; null when it reads them all. */
export async function findBadPattern(
  warehouse: WorkspaceWarehouse,
  rules: ChannelRules,
): Promise<{ rule: number; pattern: string; complaint: string } | null> {
  for (const [i, { all }] of rules.entries()) {
    for (const condition of all) {
      if (!("matches" in condition)) continue;
      const pattern = condition.matches;
      try {
        await warehouse.engine.rows("channel-pattern", `SELECT match(materialize(''), ${quoteText(pattern)})`);
      } catch (error) {
        if (!(error instanceof EngineError) || error.kind !== "refused") throw error;
        return {
          rule: i + 1,
          pattern,
          complaint: /, error: (.*?)\. Look at /.exec(error.message)?.[1] ?? error.message,
        };
      }
    }
  }
  return null;
}

/** The channel that the rules give to these texts, and the number of the rule that said so, 0 for none. */
export async function explainChannel(
  warehouse: WorkspaceWarehouse,
  rules: ChannelRules,
  texts: ChannelParts,
): Promise<{ channel: string; rule: number }> {
  const quoted = {
    source: quoteText(texts.source),
    medium: quoteText(texts.medium),
    campaign: quoteText(texts.campaign),
    clickId: quoteText(texts.clickId),
    referrer: quoteText(texts.referrer),
  };
  const place = `toUInt32(${firstRuleExpression(rules, quoted)})`;
  const [row] = (await warehouse.engine.rows("explain-channel", `SELECT ${place} AS place`)) as { place: number }[];
  const rule = row!.place;
  return { channel: rules[rule - 1]?.channel ?? UNASSIGNED, rule };
}
