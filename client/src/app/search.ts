import { DateRange, DEFAULT_MODEL, ModelName } from "@touchline/server/contract";

/** The part of the address that every page shares. What is absent means the default. */
export interface PageSearch {
  from?: string;
  to?: string;
  model?: ModelName;
}

/** Keeps what makes sense of an address and drops the rest: half a range or a range that ends before it starts is no range. */
export function parsePageSearch(search: Record<string, unknown>): PageSearch {
  const range = DateRange.safeParse({ from: search.from, to: search.to });
  const model = ModelName.safeParse(search.model);
  return {
    ...(range.success ? { from: range.data.from, to: range.data.to } : {}),
    ...(model.success && model.data !== DEFAULT_MODEL ? { model: model.data } : {}),
  };
}
