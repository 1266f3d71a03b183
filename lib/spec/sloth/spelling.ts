/** The two shapes of Sloth's documents differ only in how they spell their fields. */
export interface Spelling {
  readonly errorQuery: string;
  readonly totalQuery: string;
  readonly errorRatioQuery: string;
  readonly pageAlert: string;
  readonly ticketAlert: string;
}

/** `version: prometheus/v1`. */
export const SNAKE: Spelling = {
  errorQuery: "error_query",
  totalQuery: "total_query",
  errorRatioQuery: "error_ratio_query",
  pageAlert: "page_alert",
  ticketAlert: "ticket_alert",
};

/** `kind: PrometheusServiceLevel`. */
export const CAMEL: Spelling = {
  errorQuery: "errorQuery",
  totalQuery: "totalQuery",
  errorRatioQuery: "errorRatioQuery",
  pageAlert: "pageAlert",
  ticketAlert: "ticketAlert",
};
