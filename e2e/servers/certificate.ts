import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Binary, missing } from "./process.ts";

const OPENSSL: Binary = { name: "openssl", debianPackage: "openssl" };

/** Null, or what to install. */
export function missingOpenssl(): string | null {
  return missing(OPENSSL);
}

/** A certificate of one's own making, as files and as text. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
}

/** Makes a certificate for one name that lasts a day. */
export function makeCertificate(folder: string, name: string): Certificate {
  const [certFile, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const files = ["-keyout", keyFile, "-out", certFile];
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  execFileSync(OPENSSL.name, [...args, "-nodes", "-days", "1", ...subject, ...files], {
    stdio: "ignore",
  });
  return { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8"), certFile };
}
