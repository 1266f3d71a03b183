import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What colours and widths can break; names and structure are the same in each look. */
const OF_LOOKS = [
  "color-contrast",
  "link-in-text-block",
  "scrollable-region-focusable",
  "target-size",
];
const LOOKS = [
  { theme: "light", width: 1440, height: 900, rules: WCAG },
  { theme: "dark", width: 1440, height: 900, rules: OF_LOOKS },
  { theme: "dark", width: 390, height: 844, rules: WCAG },
  { theme: "light", width: 390, height: 844, rules: OF_LOOKS },
] as const;

/** What axe (WCAG 2.2 AA) and a ruler find on the page as it stands, in both themes, wide and narrow. */
export async function audit(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { theme, rules, ...size } of LOOKS) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.setViewportSize(size);
    await page.locator(`html[data-theme="${theme}"]`).waitFor();
    await standStill(page);
    const here = [...(await violations(page, rules)), ...(await overflow(page))];
    found.push(...here.map((each) => `${theme}, ${size.width} px: ${each}`));
  }
  return found;
}

/** Colours that are still changing are nobody's colours, and what is scrolled half under the top bar is not hidden. */
async function standStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    scrollTo(0, 0);
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** `rules` are axe's tags or single rules. */
async function violations(page: Page, rules: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const chosen = rules === WCAG ? axe.withTags([...rules]) : axe.withRules([...rules]);
  const result = await chosen.analyze();
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}

async function overflow(page: Page): Promise<string[]> {
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  return scroll > client ? [`scrolls sideways: ${scroll} px in ${client} px`] : [];
}
