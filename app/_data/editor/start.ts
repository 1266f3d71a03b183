import { readBeside } from "#app/_data/editor/beside.ts";
import type { EditorStart, OpenedDocument } from "#components/editor/view.ts";
import { config } from "#config/current.ts";
import type { Db } from "#db/client.ts";
import { readSlo } from "#db/reads/slo.ts";
import { readDocuments } from "#db/reads/sources.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { nameOfSlo } from "#lib/editor/chosen.ts";
import { startDialect } from "#lib/editor/templates.ts";

interface StartAsk {
  readonly actor: Actor;
  /** `?slo=service/name`, `?dialect=sloth`. */
  readonly address: URLSearchParams;
}

/** What the editor opens with: an SLO's document as it is in force, or a new one. */
export function readEditorStart(db: Db, { actor, address }: StartAsk): Promise<EditorStart> {
  const read = async (tx: Db): Promise<EditorStart> => {
    const asked = address.get("slo");
    const found = asked === null ? null : await readOpened(tx, asked);
    return {
      dialect: startDialect(address.get("dialect")) ?? "plain",
      opened: found?.opened ?? null,
      slo: found?.slo ?? null,
      unknown: found ? null : asked,
      beside: await readBeside(tx, found?.opened.path ?? null),
      sources: config().prometheus.map(({ name }) => name),
      mayAsk: decide(actor, "edit") === "allow",
    };
  };
  return db.transaction(read, { isolationLevel: "repeatable read", accessMode: "read only" });
}

async function readOpened(
  db: Db,
  asked: string,
): Promise<{ readonly slo: string; readonly opened: OpenedDocument } | null> {
  const [service = "", ...rest] = asked.split("/");
  const name = rest.join("/");
  const found = await readSlo(db, service, name);
  const slo = found?.kind === "moved" ? await readSlo(db, found.service, found.name) : found;
  if (slo?.kind !== "slo" || slo.retiredAt !== null) return null;
  const document = (await readDocuments(db)).find(({ path }) => path === slo.documentPath);
  if (!document || document.goodContent === null) return null;
  const broken = document.findings.some(({ severity }) => severity === "error");
  const opened = { path: document.path, text: document.goodContent, broken };
  // An instance stands in the document as the SLO that it is of.
  const written = slo.definition.instance?.of ?? slo.name;
  return { slo: nameOfSlo({ service: slo.service, name: written }), opened };
}
