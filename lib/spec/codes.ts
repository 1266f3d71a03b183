/** What can be told about a document: each code and what it means. docs/slo-documents.md lists the same. */
export const ERROR_CODES = {
  "yaml-syntax": "the text is not YAML 1.2 (or JSON); nothing of that document is read",
  "yaml-alias": "an alias names no anchor, or contains itself",
  "yaml-tag": "a YAML tag (`!something`) would need code to mean anything",
  "too-large": "a file above 512 Ki characters, or one that aliases make huge",
  "too-deep": "values nested more than 50 deep",
  "too-many": "more than 1,000 findings in one file; the rest is left out",
  "all-gone":
    "every document is gone at once, as when a disk is not mounted: all stay in force until one is there again (told by the running Plimsoll, not by `lint`)",
  unreadable:
    "the file or its repository cannot be read, it is not UTF-8 or far too large, or a pattern names no file",
  "empty-file": "a file without any document",
  "unknown-document": "the document is of a kind that is not about SLOs",
  "not-supported": "a kind of document or a feature that Plimsoll cannot read yet",
  "unknown-field": "a field that is not known at that place, often misspelt",
  "repeated-field": "the same field twice in one map",
  "missing-field": "a required field is not there",
  "empty-field": "a field without a value, or a list without an item",
  "wrong-type": "a text where a number is wanted, a map where a list is wanted, and so on",
  "field-twice": "the same thing is said in the SLO and in its SLI",
  "bad-name": "a name that cannot stand in an address",
  "bad-label": "a label name that Prometheus would refuse or reserves",
  "bad-url": "a link that begins with neither https:// nor http://",
  "bad-formerly": "an earlier name that is not service/slo, is the present one, or is there twice",
  "bad-op": "an `op` other than lt, lte, gt, gte",
  "missing-op": "the metric is a value and its good side is not known",
  "target-range": "an objective outside (0,1), or for Sloth outside (1,100)",
  "target-twice": "`target` and `objective` both give the objective",
  "window-format": "a window that is no duration",
  "window-range": "a window under 1 day, above 400 days, or not in whole minutes",
  "policy-range": "a policy threshold that is not a share of the budget",
  "policy-repeated": "two policy thresholds with one level or one name",
  "alerting-range": "a number of bad events that is not a whole number from 0 on",
  "sli-shape": "an SLI with no query, too many, or ones that do not go together",
  "sloth-plugin": "a Sloth SLI plugin, which is a program",
  query: "a query that is too long, has an unknown variable, or that Prometheus would refuse",
  "query-syntax": "a query that is not PromQL; the place is the one in the query",
  "not-countable": "a query whose events cannot be counted",
  "metric-shape": "a metric that is nearly a ratio, but not a share",
  "error-share":
    "a share of errors with its own small target; write it as the share of good events",
  "bad-zone": "a time zone that is no IANA name",
  "bad-start": "a start of periods that is no date with a time, or has a zone in it",
  "exclusion-shape": "a BudgetAdjustment that does not say once what it is about, or when",
  "exclusion-time":
    "a start, end, duration or recurrence of an exclusion that cannot be followed, or one that is there twice",
  "slice-range": "a time slice's window or target that is out of range, or not wanted",
  "tier-range": "an alert tier whose numbers are out of range or do not go together",
  "too-long": "a description longer than its format allows",
  "no-such-object": "a reference to an object that no document has",
  "broken-reference": "a reference to an object that has errors itself",
  "duplicate-object": "one kind and name, or one period, in two documents",
  "duplicate-name": "one service/SLO name in two places; none of them counts",
  "formerly-clash": "an earlier name that is still in use, or that two SLOs claim",
} as const;

export const LINT_CODES = {
  "le-counts-fast": 'an error query selects a bucket (`le="0.5"`) and so counts the fast requests',
  "errors-as-good": "the good query asks for errors",
  "good-as-errors": "the error query asks for good events",
  "error-share":
    "the metric is a share of errors with a target like 0.995; it is counted as errors",
  "numerator-is-total": "both queries are the same",
  "total-without-errors": "the total leaves server errors out",
  "jobs-differ": "numerator and total select different jobs, services, namespaces or clusters",
  "windows-differ": "the range windows of the queries differ",
  "several-series": "several series are added up, or for a value the worst counts",
  "counter-name": "a rate of something that is not named like a counter",
  "quantile-without-le": "a quantile of single series; write `sum by (le)`",
  "quantile-loses-le": "a sum without `le` inside a quantile, which then has no answer",
  "quantile-mixed": "an average or sum of quantiles",
  "low-objective": "an objective below a half",
  "no-window-template": "a Sloth query without `{{.window}}`",
  "minute-or-month": "`1m` is one minute; a month is `1M`",
  "burn-op": "a burn-rate condition that would fire while little burns; it is read the other way",
  "catalog-twice": "one name for two entities of a Backstage catalog; the first one counts",
  "unknown-datasource":
    "a `datasource` that the configuration does not have (told by the running Plimsoll, not by `lint`)",
} as const;

export const LOSS_CODES = {
  "threshold-minutes": "the metric is a value, so minutes are counted instead of events",
  "objective-assumed": "only a threshold is given: 0.99 of the minutes must be good",
  "target-percent": "the target was read as a percentage, as its metric is one",
  "default-dropped": "`or vector(…)` at the top is left out: missing data is shown as missing",
  "team-renamed": "the team's name was changed to one that can stand in an address",
  "window-assumed": "Sloth documents name no window: 30 days",
  "alert-texts": "names, labels and annotations of Sloth's alerts are not carried over",
  "not-carried": "this part has no counterpart here",
  "label-renamed": "a label is carried in a form that Prometheus allows",
  "service-assumed": "the document names no service: the namespace, else the SLO's name, is taken",
  "objective-named": "each of several objectives becomes an SLO with a name of its own",
  "severity-read": "an alert's severity was sorted into page or ticket",
  "alert-after": "how long a condition must hold is read as the tier's short window",
  "tiers-left-out":
    "more than two alerts of one severity: those with the longest windows are left out",
  "period-unused": "alert windows for a period that no SLO has",
  "ratio-only": "only a ratio is known: minutes are counted, not weighted by traffic",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
export type LintCode = keyof typeof LINT_CODES;
export type LossCode = keyof typeof LOSS_CODES;
