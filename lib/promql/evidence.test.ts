import { expect, test } from "vitest";
import { excludesServerErrors, type Side, sideOf } from "#lib/promql/evidence.ts";

const ALL = "sum(rate(x_total[5m]))";

test.each<readonly [string, Side | null]>([
  ['code=~"5.."', "bad"],
  ['code!~"5.."', "good"],
  ['code=~"[45].."', "bad"],
  ['code=~"4..|5.."', "bad"],
  ['code!~"(4..|5..)"', "good"],
  ['code=~"^5[0-9]{2}$"', "bad"],
  ['code=~"[^5].."', "good"],
  ['code=~"[1-4].."', "good"],
  ['code=~"2..|3.."', "good"],
  ['code="200"', "good"],
  ['code="500"', "bad"],
  ['code=~"2..|5.."', null],
  ['status_code=~"5xx"', "bad"],
  ['http_status_code!="500"', "good"],
  ['grpc_code!="OK"', "bad"],
  ['grpc_code=~"Internal|Unavailable"', "bad"],
  ['result="error"', "bad"],
  ['outcome="success"', "good"],
  ['le="0.5"', "good"],
  ['le="+Inf"', null],
  ['job="ok-service"', null],
  ['path="/errors"', null],
])("%s selects %s events", (matcher, side) => {
  expect(sideOf(`sum(rate(x_total{${matcher}}[5m]))`, ALL)).toBe(side);
});

test.each<readonly [string, string, string, Side | null]>([
  ["a name of errors", "sum(rate(x_errors_total[5m]))", ALL, "bad"],
  ["a name of successes", "sum(rate(x_success_total[5m]))", ALL, "good"],
  [
    "what the total selects too",
    'rate(x_total{code!~"4.."}[5m])',
    'rate(x_total{code!~"4.."}[5m])',
    null,
  ],
  ["a difference from the total", `${ALL} - sum(rate(x_total{code=~"5.."}[5m]))`, ALL, "good"],
  [
    "the total less a bucket",
    'sum(rate(x_count[5m])) - sum(rate(x_bucket{le="1"}[5m]))',
    "sum(rate(x_count[5m]))",
    "bad",
  ],
  ["parts that disagree", 'rate(x{code=~"5.."}[5m]) + rate(x{code=~"2.."}[5m])', ALL, null],
  ["what is no PromQL", "sum(", ALL, null],
])("%s: %s of %s", (_, numerator, total, side) => expect(sideOf(numerator, total)).toBe(side));

test.each([
  ["!~", "5..", true],
  ["!~", "4..|5..", true],
  ["!~", "4..", false],
  ["=~", "2..", true],
  ["=~", "5..", false],
] as const)("code%s%j leaves server errors out: %s", (op, value, expected) => {
  expect(excludesServerErrors({ label: "code", op, value })).toBe(expected);
});
