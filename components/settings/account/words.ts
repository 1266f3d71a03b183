/** In the order in which they are looked for: most claim to be others too. */
const BROWSERS = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrom(?:e|ium)\/|CriOS\/|HeadlessChrome\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "ChromeOS"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux|X11/, "Linux"],
] as const;

/** What a browser says of itself, as people call it. A guess: it may say what it likes. */
export function browserWords(userAgent: string | null): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  if (!browser) return system ? `A program on ${system}` : "An unknown browser";
  return system ? `${browser} on ${system}` : browser;
}

/** After a new password. */
export function changedWords(ended: number): string {
  if (ended === 0) return "Your password is changed.";
  const sessions = ended === 1 ? "1 other session has" : `${ended} other sessions have`;
  return `Your password is changed; ${sessions} ended.`;
}
