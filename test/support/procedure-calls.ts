import { appRouter } from "@touchline/server/router";
import { experiment, type FullWorkspace, MARK, RANGE, UPLOAD_LAYOUT, WEEKLY } from "./full-workspace.ts";

/** A call of a procedure that a member of the full workspace can make. */
export interface ProcedureCall {
  /** What is sent; new things are made for what a call uses up. */
  readonly input?: (full: FullWorkspace, caller: { readonly id: string }) => unknown;
  /** Names something by its id. Somebody elsewhere finds so many of them, which has to be none; without it the call fails there. */
  readonly found?: (answer: never) => number;
  readonly byId?: true;
}

export interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation";
  /** `anyone`, `self`, or the right that it takes. */
  readonly access: string;
}

/** Every procedure that the server has. */
export const PROCEDURES: readonly Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; meta?: { access?: string } } }
  >,
).map(([path, { _def }]) => ({ path, type: _def.type, access: _def.meta?.access ?? "not said" }));

const journeys = { range: RANGE };
const INVOICE = { kind: "invoice", month: "2026-09", channel: "Radio", amount: "12.50" };
const OWN_RULES = [{ channel: "Radio", all: [{ part: "source", is: ["radio"] }] }];
const REPORT_BY_MAIL = {
  ...{ name: "Monday report", every: "week", day: 1, hour: 7, level: "channel", formats: ["csv"], locale: "en" },
  recipients: ["finance@shop.example"],
};
const counts = (answer: object): number =>
  Object.values(answer).reduce((sum: number, each: unknown) => sum + Number(each), 0);
const named = (kind: "run") => ({ byId: true as const, input: (full: FullWorkspace) => ({ [kind]: full[kind] }) });
const visitor = (full: FullWorkspace) => ({ identifier: full.visitor });
/** One call of each procedure that belongs to a workspace. */
export const WORKSPACE_CALLS: Readonly<Record<string, ProcedureCall>> = {
  "team.members": {},
  "team.invite": { input: () => ({ email: `${crypto.randomUUID()}@northern.example`, role: "viewer" }) },
  "team.withdrawInvitation": { byId: true, input: async (full) => ({ id: await full.invitation() }) },
  "team.changeRole": { byId: true, input: async (full) => ({ userId: await full.member(), role: "finance" }) },
  "team.remove": { byId: true, input: async (full) => ({ userId: await full.member() }) },
  "team.leave": {},
  "keys.list": {},
  "keys.create": { input: () => ({ name: "machine", scopes: ["ingest"] }) },
  "keys.revoke": { byId: true, input: async (full) => ({ id: await full.key() }) },
  "policies.read": {},
  "policies.change": { input: () => ({ secondPersonAbove: 1e9, requireSecondFactor: false }) },
  "proposals.list": {},
  "proposals.show": { byId: true, input: async (full) => ({ id: await full.proposal() }) },
  "proposals.propose": { input: () => ({ name: `${MARK} next`, note: "", input: WEEKLY }) },
  "proposals.approve": { byId: true, input: async (full) => ({ id: await full.proposal(), remark: "" }) },
  "proposals.weigh": { byId: true, input: async (full) => ({ id: await full.proposal(), split: [] }) },
  "proposals.reject": { byId: true, input: async (full) => ({ id: await full.proposal(), remark: "too dear" }) },
  "proposals.withdraw": { byId: true, input: async (full, { id }) => ({ id: await full.proposal(id) }) },
  "proposals.comments": { byId: true, input: async (full) => ({ id: await full.proposal() }) },
  "proposals.comment": { byId: true, input: async (full) => ({ id: await full.proposal(), text: `${MARK} says` }) },
  "rebalancing.settings": {},
  "rebalancing.changeSettings": { input: () => ({ schedule: "30 7 * * 2" }) },
  "rebalancing.outcomes": {},
  "rebalancing.runs": { input: () => ({}) },
  "rebalancing.show": { byId: true, input: async (full) => ({ id: await full.weeklyRun() }) },
  "rebalancing.start": { input: () => ({ isDry: true }) },
  "rebalancing.cancel": { byId: true, input: async (full) => ({ id: await full.weeklyRun() }) },
  "privacy.overview": {},
  "privacy.requests": {},
  "privacy.previewErasure": {
    ...{ byId: true, input: visitor },
    found: ({ rows, mentions }: { rows: object; mentions: number }) => counts(rows) + mentions,
  },
  "privacy.exportPerson": {
    ...{ byId: true, input: visitor },
    found: ({ request }: { request: { rows: object } }) => counts(request.rows),
  },
  "privacy.withdraw": { byId: true, input: visitor, found: ({ rows }: { rows: object }) => counts(rows) },
  "privacy.erase": { byId: true, input: visitor, found: ({ rows }: { rows: object }) => counts(rows) },
  "audit.entries": { input: () => ({ before: null, action: "", actor: "" }) },
  "audit.verify": {},
  "today.brief": {},
  "pacing.show": { input: () => ({ month: null }) },
  "pacing.setBudgets": {
    input: () => ({ month: "2020-03", budgets: [{ channel: `${MARK} ${crypto.randomUUID()}`, amount: "12.50" }] }),
  },
  "pacing.copyMonth": { input: () => ({ from: "2020-01", to: "2020-02" }) },
  "views.list": {},
  "views.show": { byId: true, input: async (full, { id }) => ({ id: await full.view(id) }) },
  "views.save": { input: () => ({ name: `${MARK} ${crypto.randomUUID()}`, page: "/performance", search: "" }) },
  "views.rename": {
    byId: true,
    input: async (full, { id }) => ({ id: await full.view(id), name: `view ${crypto.randomUUID()}` }),
  },
  "views.update": {
    byId: true,
    input: async (full, { id }) => ({ id: await full.view(id), page: "/journeys", search: "days=all" }),
  },
  "views.share": { byId: true, input: async (full, { id }) => ({ id: await full.view(id), isShared: true }) },
  "views.remove": { byId: true, input: async (full, { id }) => ({ id: await full.view(id) }) },
  "annotations.list": { input: () => ({ range: RANGE }) },
  "annotations.add": { input: () => ({ ...RANGE, text: MARK }) },
  "annotations.change": {
    byId: true,
    input: async (full, { id }) => ({ id: await full.note(id), ...RANGE, text: `${MARK} again` }),
  },
  "annotations.remove": { byId: true, input: async (full, { id }) => ({ id: await full.note(id) }) },
  "workspace.status": {},
  "guide.state": {},
  "search.find": { input: () => ({ text: "a" }) },
  "performance.choices": {},
  "performance.overview": { input: () => ({ range: RANGE, model: "last" }) },
  "performance.breakdown": { input: () => ({ range: RANGE, model: "last", by: "campaign" }) },
  "performance.movement": { input: () => ({ range: RANGE, compare: RANGE, model: "last" }) },
  "performance.claims": { input: () => ({ range: RANGE, model: "last" }) },
  "performance.marginals": { input: () => ({}) },
  "attribution.compare": { input: () => ({ range: RANGE, models: ["last", "linear"] }) },
  "journeys.summary": { input: () => journeys },
  "journeys.paths": { input: () => journeys },
  "journeys.lengths": { input: () => journeys },
  "journeys.positions": { input: () => journeys },
  "journeys.flow": { input: () => journeys },
  "quality.heldOut": { input: () => ({ range: RANGE }) },
  "quality.forecast": { input: () => ({ range: RANGE }) },
  "quality.channels": { input: () => ({ range: RANGE }) },
  "quality.disagreement": { input: () => ({ range: RANGE, a: "last", b: "linear" }) },
  "runs.list": { input: () => ({}) },
  "runs.show": named("run"),
  "runs.compare": { byId: true, input: ({ run, otherRun }) => ({ a: run, b: otherRun }) },
  "runs.pin": { byId: true, input: ({ run }) => ({ run, label: "closed" }) },
  "runs.unpin": named("run"),
  "runs.cancel": named("run"),
  "runs.repeat": named("run"),
  "runs.prune": { input: () => ({ days: 30, keepLast: 1_000 }) },
  "planning.curves": {},
  "planning.choices": {},
  "planning.propose": { input: () => WEEKLY },
  "planning.frontier": { input: () => ({ limits: WEEKLY, budgets: [100] }) },
  "planning.whatIf": { input: () => ({ limits: WEEKLY, channel: "Paid Search", spends: [50] }) },
  "planning.goalSeek": { input: () => ({ limits: WEEKLY, seek: { type: "highest-roas", minSpend: 50 } }) },
  "planning.weeks": { input: () => ({ limits: WEEKLY, weeks: 1, start: null }) },
  "planning.scenarios.list": {},
  "planning.scenarios.save": {
    input: () => ({ name: `${MARK} ${crypto.randomUUID()}`, input: WEEKLY, replace: false }),
  },
  "planning.scenarios.compare": {
    byId: true,
    input: async (full) => ({ ids: [await full.scenario()], recompute: false }),
  },
  "planning.scenarios.rename": {
    byId: true,
    input: async (full) => ({ id: await full.scenario(), name: `plan ${crypto.randomUUID()}` }),
  },
  "planning.scenarios.remove": { byId: true, input: async (full) => ({ id: await full.scenario() }) },
  "experiments.list": {},
  "experiments.suggest": {},
  "experiments.regions": {},
  "experiments.design": { input: () => ({ channel: "Paid Search" }) },
  "experiments.analyse": { input: () => ({ channel: "Paid Search", testRegions: ["north"], range: RANGE }) },
  "experiments.add": { input: () => experiment(crypto.randomUUID()) },
  "experiments.keep": {
    input: () => ({ experimentId: "kept", analysis: { channel: "Paid Search", testRegions: ["north"], range: RANGE } }),
  },
  "mapping.sources": {},
  "mapping.describe": { byId: true, input: async (full, { id }) => ({ id: await full.upload(id) }) },
  "mapping.preview": {
    byId: true,
    input: async (full, { id }) => ({ id: await full.upload(id), layout: UPLOAD_LAYOUT }),
  },
  "mapping.import": {
    byId: true,
    input: async (full, { id }) => ({ id: await full.upload(id), layout: UPLOAD_LAYOUT, keepMapping: false }),
  },
  "mapping.state": { byId: true, input: async (full, { id }) => ({ id: await full.upload(id) }) },
  "mapping.keep": { input: () => ({ ...UPLOAD_LAYOUT.mapping, source: `own-${crypto.randomUUID()}` }) },
  "mapping.remove": { byId: true, input: async (full) => ({ source: await full.mapping(), kind: "context" }) },
  "channels.read": {},
  "channels.try": { input: () => ({ rules: OWN_RULES }) },
  "channels.save": { input: () => ({ rules: OWN_RULES }) },
  "channels.reset": {},
  "settings.read": {},
  "settings.change": { input: () => ({ name: "retention.rejectedDays", value: "80" }) },
  "data.health": {},
  "data.freshness": {},
  "data.receivedByDay": {},
  "data.imports": { input: () => ({}) },
  "data.rejected": { input: () => ({}) },
  "data.rejectedReasons": { input: () => ({}) },
  "data.replay": { byId: true, input: ({ refusedRow }) => ({ rows: [refusedRow] }), found: counts },
  "data.discard": { byId: true, input: ({ refusedRow }) => ({ rows: [refusedRow] }), found: counts },
  "notifications.webhooks": {},
  "notifications.createWebhook": {
    input: () => ({
      name: `${MARK} chat`,
      url: "https://hooks.example/x",
      format: "slack",
      events: ["proposal.approved"],
    }),
  },
  "notifications.removeWebhook": { byId: true, input: async (full) => ({ id: await full.webhook() }) },
  "notifications.testWebhook": { byId: true, input: async (full) => ({ id: await full.webhook() }) },
  "notifications.deliveries": {},
  "notifications.sendAgain": { byId: true, input: async (full) => ({ id: await full.delivery() }) },
  "activation.show": { byId: true, input: async (full) => ({ proposalId: await full.activated() }) },
  "activation.markSent": {
    ...{ byId: true, input: async (full) => ({ proposalId: await full.activated(), channels: [`${MARK} Radio`] }) },
  },
  "activation.wayBack": { byId: true, input: async (full) => ({ proposalId: await full.activated() }) },
  "activation.campaigns": {},
  "activation.changeCampaigns": {
    input: () => ({ campaigns: [{ channel: "Radio", campaign: crypto.randomUUID(), step: 5 }] }),
  },
  "reports.roi": { input: () => ({ range: RANGE, model: "last", compare: "none" }) },
  "reports.months": {},
  "reports.closed": { byId: true, input: async (full) => ({ month: await full.closedMonth() }) },
  "reports.close": { input: async (full) => ({ month: await full.openMonth() }) },
  "reports.reopen": {
    byId: true,
    input: async (full) => ({ month: await full.closedMonth(), reason: "billed twice" }),
  },
  "reports.finance": {},
  "reports.changeFinance": {
    input: () => ({ accounts: { "": "6230" }, contraAccount: "401", discountRate: Math.random() }),
  },
  "reports.ledger": { input: () => ({ from: "2026-09", to: "2026-09" }) },
  "reports.addEntry": { input: () => INVOICE },
  "reports.removeEntry": { byId: true, input: async (full) => ({ id: await full.ledgerEntry() }) },
  "reports.planActual": { input: () => ({ from: "2026-09", to: "2026-09" }) },
  "reports.schedules": {},
  "reports.addSchedule": { input: () => REPORT_BY_MAIL },
  "reports.removeSchedule": { byId: true, input: async (full) => ({ id: await full.reportSchedule() }) },
  "reports.sendNow": { byId: true, input: async (full) => ({ id: await full.reportSchedule() }) },
};
