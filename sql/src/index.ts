export * from "./accounts/api-keys.ts";
export { campaignSpend } from "./activation/campaign-spend.ts";
export { channelSpendByDay } from "./activation/channel-spend-by-day.ts";
export { campaignEnds } from "./annotations/campaign-ends.ts";
export { contextSpans } from "./annotations/context-spans.ts";
export * from "./attribution/booked-totals.ts";
export { channelDelivery } from "./attribution/channel-delivery.ts";
export { channelKinds } from "./attribution/channel-kinds.ts";
export {
  CREDIT_ATTRIBUTES,
  type CreditAttribute,
  type CreditPass,
  creditTouches,
  publishCredit,
  type RunWeighting,
  withCreditTable,
} from "./attribution/credit.ts";
export * from "./attribution/credit-cells.ts";
export { deliveryByDay } from "./attribution/delivery-by-day.ts";
export { incrementalChannels } from "./attribution/incremental/channels.ts";
export { incrementalConversions } from "./attribution/incremental/conversions.ts";
export { creditIncremental, type IncrementalCredit } from "./attribution/incremental/credit.ts";
export { incrementalMoments, incrementalVisitsBefore } from "./attribution/incremental/intent.ts";
export { incrementalPeople } from "./attribution/incremental/people.ts";
export { PEOPLE_BUCKETS } from "./attribution/incremental/scope.ts";
export { soldRanges } from "./attribution/incremental/sold-ranges.ts";
export { incrementalTouchDays, incrementalTouchHours } from "./attribution/incremental/touches.ts";
export { incrementalUntouchedDays } from "./attribution/incremental/untouched-days.ts";
export { platformClaims } from "./attribution/platform-claims.ts";
export { timeDecayCredit } from "./attribution/quality/training-credit.ts";
export * from "./attribution/run-credit.ts";
export * from "./attribution/run-ledger.ts";
export * from "./attribution/run-notes.ts";
export * from "./attribution/run-statistics.ts";
export { JourneyScope } from "./attribution/scope.ts";
export { addSeriesCredit, type SeriesCredit } from "./attribution/series/add-credit.ts";
export { seriesBookings, seriesContext, seriesPressure } from "./attribution/series/daily-figures.ts";
export { touchFrequency } from "./attribution/touch-frequency.ts";
export type { TouchWeighting } from "./attribution/touch-weights.ts";
export * from "./attribution/transitions.ts";
export { addSums, type RowSum, streamPart, sumPart, writePart } from "./backup/parts.ts";
export { newestSchema, RestoreTarget } from "./backup/restore-target.ts";
export {
  dropSnapshots,
  NeverQuiet,
  type SnapshotPart,
  type TableSnapshot,
  takeSnapshots,
} from "./backup/snapshot.ts";
export {
  type ChannelParts,
  type ChannelRules,
  channelExpression,
  UNASSIGNED,
} from "./channels/channel-rules.ts";
export { DEFAULT_CHANNEL_RULES } from "./channels/default-rules.ts";
export { type JudgedArrival, judgeArrivals } from "./channels/judge-arrivals.ts";
export { recentTouches } from "./channels/recent-touches.ts";
export { explainChannel, findBadPattern } from "./channels/try-rules.ts";
export type { QueryProgress, StoppableWork } from "./engine.ts";
export { type WarehouseLocation, withoutSecret } from "./engine-clients.ts";
export { EngineError, type EngineErrorKind, WarehouseAway, WarehouseUnavailable } from "./engine-error.ts";
export * from "./experiments/bookings.ts";
export * from "./experiments/experiments.ts";
export * from "./health/bookings.ts";
export { channelDays } from "./health/channel-days.ts";
export { feeds, lateEvents } from "./health/feeds.ts";
export * from "./health/ledger.ts";
export { refusedBySource, refusedPage, refusedReasons } from "./health/refused.ts";
export * from "./health/visitors.ts";
export * from "./identities/build-persons.ts";
export * from "./identities/person-builds.ts";
export { type AggregatedPathRow, readAggregatedPaths } from "./imports/aggregated-paths.ts";
export { type BooksOfAll, readBooksOfAll } from "./imports/books-of-all.ts";
export { claimImport } from "./imports/claim-import.ts";
export { hasForeignMoney, mostUsedCurrency } from "./imports/currency.ts";
export * from "./imports/imports.ts";
export {
  hasMoney,
  ID_COLUMN,
  IMPORT_KINDS,
  type ImportKind,
  INTERACTIONS,
  LAYOUTS,
  type LayoutColumn,
  type Parsing,
} from "./imports/layouts.ts";
export * from "./imports/move.ts";
export { type PreviewedRow, previewRows, sampleTexts, writeParquetSample } from "./imports/preview.ts";
export type { Rejection } from "./imports/reject.ts";
export { copyRemoteObject, type RemoteObject } from "./imports/remote-object.ts";
export { rebookConversions } from "./imports/settle-conversions.ts";
export { type SpendChange, spendChanges } from "./imports/settle-lists.ts";
export {
  closeReader,
  describeNdjson,
  describeParquet,
  type FileFormat,
  isPathPattern,
  type MalformedRow,
  readMalformedRows,
  type SourceFile,
  writeArrayAsLines,
} from "./imports/source-file.ts";
export { type StagePlan, stageFile, stagingProgress } from "./imports/stage.ts";
export type { MoveCounts, RefusedRow, Staged } from "./imports/staged.ts";
export type { NumberStyle, RowFilter, SourceColumn, ValueSource } from "./imports/text-of.ts";
export { rebuildJourneys } from "./journeys/build-journeys.ts";
export { commonPaths } from "./journeys/common-paths.ts";
export * from "./journeys/journey-builds.ts";
export { journeyFlow } from "./journeys/journey-flow.ts";
export { journeyLengths } from "./journeys/journey-lengths.ts";
export type { JourneySet } from "./journeys/journey-set.ts";
export { journeyTotals } from "./journeys/journey-totals.ts";
export { STEP_SEPARATOR } from "./journeys/shown-journeys.ts";
export { stepPositions } from "./journeys/step-positions.ts";
export type { LaneName } from "./lanes.ts";
export type { ClusterLocation } from "./nodes.ts";
export { observeCommands, surroundCommands } from "./observe-commands.ts";
export { spendSpan } from "./pacing/spend-span.ts";
export { breakdownCredit } from "./performance/breakdown-credit.ts";
export { breakdownSpend } from "./performance/breakdown-spend.ts";
export {
  breakdownTouches,
  TOUCH_ATTRIBUTES,
  type TouchAttribute,
  touchesByAttribute,
} from "./performance/breakdown-touches.ts";
export { bookedTypes, channelSpend, customerCounts } from "./performance/choices.ts";
export * from "./performance/daily.ts";
export { scopedBookings } from "./performance/scoped-bookings.ts";
export { paidCredit } from "./portfolio/paid-credit.ts";
export { consentBySource } from "./privacy/consent-by-source.ts";
export { countIdentified } from "./privacy/count-identified.ts";
export { countMentions, countNamed, forgetRows, markMentions, type RowCounts } from "./privacy/forget-rows.ts";
export { forgottenHashes, forgottenSets } from "./privacy/forgotten.ts";
export {
  type ForgetReason,
  recordForgotten,
  returnedIdentifiers,
  unfinishedForgetting,
} from "./privacy/forgotten-states.ts";
export { identifiedTables } from "./privacy/identified-tables.ts";
export { identifierPrint } from "./privacy/identifier-print.ts";
export { hashIdentifier, linkedIdentifiers } from "./privacy/identifiers.ts";
export { type PersonRow, personRows } from "./privacy/person-rows.ts";
export { purgeParts } from "./privacy/purge-parts.ts";
export * from "./privacy/retention-rows.ts";
export { PAGE_LIMITS, type QueryLimits, QuestionTooLarge } from "./query-limits.ts";
export { declaredQueries, type Question, type Statement } from "./question.ts";
export { spendOfWeeks } from "./rebalancing/spend-of-weeks.ts";
export { spendTwice } from "./rebalancing/spend-twice.ts";
export * from "./rebalancing/watched-days.ts";
export {
  countOpen,
  countRejected,
  listRejected,
  markRejected,
  type RejectedRow,
  RejectedSelection,
  type ReplayGroup,
  rejectedUntilNow,
  replayFields,
  replayGroups,
} from "./rejected/rejected-rows.ts";
export { lateRows } from "./reports/late-rows.ts";
export * from "./reports/report-books.ts";
export { reportCredit } from "./reports/report-credit.ts";
export { importedSpend, reportSpend } from "./reports/report-spend.ts";
export { channelMix } from "./scenarios/channel-mix.ts";
export * from "./scenarios/scenarios.ts";
export { findableNames } from "./search/findable-names.ts";
export { runsOver } from "./today/runs-over.ts";
export { runCreditByWeek, weeklyBookings, weeklySpend } from "./today/weekly-figures.ts";
export { openWarehouse, type Warehouse, WorkspaceWarehouse } from "./warehouse.ts";
export { answersMark } from "./workspace/answers-mark.ts";
export { firstSteps } from "./workspace/first-steps.ts";
export * from "./workspace/settings.ts";
export { sourceNames } from "./workspace/source-names.ts";
export * from "./workspace/workspace.ts";
