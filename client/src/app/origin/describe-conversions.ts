import type { Words } from "../../i18n/words.ts";

/** Which conversions are meant. */
export interface ConversionsMeant {
  readonly conversionTypes: readonly string[];
  readonly customers: "" | "new" | "returning";
}

export function describeConversions({ conversionTypes, customers }: ConversionsMeant, { t }: Words): string {
  const types =
    conversionTypes.length === 0
      ? t("exports.meant.allTypes")
      : t("exports.meant.types", { types: conversionTypes.join(", ") });
  if (customers === "") return types;
  return `${types}, ${t(customers === "new" ? "exports.meant.customersNew" : "exports.meant.customersReturning")}`;
}
