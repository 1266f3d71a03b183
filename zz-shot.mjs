import { chromium } from "@playwright/test";
const [,, path, name, theme="dark", width="1440", ...acts] = process.argv;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-quic","--disable-background-networking","--disable-component-update","--disable-sync","--no-first-run"] });
const p = await b.newPage({ viewport: { width: +width, height: width>600?900:844 }, colorScheme: theme, timezoneId: "Europe/Berlin", reducedMotion: "reduce" });
const errs=[]; p.on("console", m => { if (["error","warning"].includes(m.type())) errs.push(m.text().slice(0,600)); }); p.on("pageerror", e => errs.push("PAGEERR "+e.message.slice(0,400)));
await p.goto("http://127.0.0.1:3101"+path, { waitUntil: "load" });
await p.waitForTimeout(2500);
for (const a of acts) { const [k,...r]=a.split("="); const v=r.join("="); if(k==="click") await p.click(v); if(k==="hover"){ const [sel,fx]=v.split("@"); const bx=await p.locator(sel).first().boundingBox(); await p.mouse.move(bx.x+bx.width*(+fx||.5), bx.y+bx.height/2); } if(k==="scroll") await p.evaluate(y=>window.scrollTo(0,+y),v); if(k==="wait") await p.waitForTimeout(+v); if(k==="key") await p.keyboard.press(v); if(k==="drag"){const [sel,a1,a2]=v.split("@"); const bx=await p.locator(sel).first().boundingBox(); await p.mouse.move(bx.x+bx.width*a1,bx.y+80); await p.mouse.down(); await p.mouse.move(bx.x+bx.width*(+a1+ +a2)/2,bx.y+80); await p.mouse.move(bx.x+bx.width*a2,bx.y+80); if(!process.env.HOLD) await p.mouse.up();} await p.waitForTimeout(600); }
await p.screenshot({ path: `/tmp/ui2/shots/${name}.png`, fullPage: !process.env.VIEW });
if (errs.length) console.log(errs.join("\n---\n").slice(0,4000));
console.log(await p.evaluate(()=>[location.search, document.documentElement.scrollWidth, innerWidth].join(" ")));
await b.close();
