import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from "@playwright/test";

/** A tab that notes whatever went wrong in it. */
export interface Visit {
  readonly page: Page;
  /** Console errors and warnings, exceptions, failed requests and requests to others; empty when all is well. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Opens a tab with nothing stored; a wait in it fails after 45 s. */
export async function openVisit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    // Not the server's zone: markup of one zone that is taken over in another shows as a problem.
    timezoneId: "Asia/Kolkata",
    ...options,
  });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  return { page, problems: noteProblems(page, origin), close: () => context.close() };
}

function noteProblems(page: Page, origin: string): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (isTrouble(message, page)) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) problems.push(`asks ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() < 400 || response.request().isNavigationRequest()) return;
    problems.push(`${response.status()} ${response.url()}`);
  });
  return problems;
}

/** The browser reports the status of a page that is rightly "not found" as an error. */
function isTrouble(message: ConsoleMessage, page: Page): boolean {
  if (!["error", "warning"].includes(message.type())) return false;
  const ofPageItself = message.location().url === page.url();
  return !(ofPageItself && message.text().includes("status of 404"));
}
