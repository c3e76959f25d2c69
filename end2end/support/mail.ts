// Reads the messages that the server wrote to files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface Mail {
  to: string;
  subject: string;
  body: string;
}

function decodeQuotedPrintable(text: string): string {
  const bytes: number[] = [];
  const joined = text.replace(/=\r?\n/g, "");
  for (let at = 0; at < joined.length; at += 1) {
    const escape = /^=([0-9A-Fa-f]{2})/.exec(joined.slice(at, at + 3));
    if (escape?.[1] !== undefined) {
      bytes.push(Number.parseInt(escape[1], 16));
      at += 2;
    } else {
      bytes.push(...Buffer.from(joined.charAt(at), "utf8"));
    }
  }
  return Buffer.from(bytes).toString("utf8");
}

/** RFC 2047 words in a header. */
function decodeHeader(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_, form: string, text: string) =>
      form.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : decodeQuotedPrintable(text.replaceAll("_", " ")),
    );
}

function part(source: string): { headers: Map<string, string>; body: string } {
  const [head = "", ...rest] = source.split(/\r?\n\r?\n/);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) {
      headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
    }
  }
  return { headers, body: rest.join("\n\n") };
}

/** The readable text of a message or of the first text part inside it. */
function text(source: string): string {
  const { headers, body } = part(source);
  const boundary = /boundary="?([^";]+)"?/i.exec(headers.get("content-type") ?? "")?.[1];
  if (boundary !== undefined) {
    const parts = body.split(`--${boundary}`).slice(1, -1).map((one) => one.replace(/^\r?\n/, ""));
    const plain = parts.find((one) => /text\/plain/i.test(part(one).headers.get("content-type") ?? "")) ?? parts[0];
    return text(plain ?? "");
  }
  switch ((headers.get("content-transfer-encoding") ?? "7bit").toLowerCase()) {
    case "quoted-printable":
      return decodeQuotedPrintable(body);
    case "base64":
      return Buffer.from(body, "base64").toString("utf8");
    default:
      return body;
  }
}

export function readMails(folder: string): Mail[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => {
      const source = readFileSync(join(folder, name), "utf8");
      const { headers } = part(source);
      return {
        to: decodeHeader(headers.get("to") ?? ""),
        subject: decodeHeader(headers.get("subject") ?? ""),
        body: text(source),
      };
    });
}

/** Waits for a message to an address whose text holds a link with the given path; gives path and query of the link. */
export async function linkFromMail(folder: string, address: string, path: string): Promise<string> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    for (const mail of readMails(folder)) {
      if (mail.to.includes(address)) {
        // White space must follow: a link at the very end may still be growing.
        const link = new RegExp(`https?://[^\\s/]+(${path}[^\\s<>"]*)\\s`).exec(mail.body)?.[1];
        if (link !== undefined) {
          return link;
        }
      }
    }
    await pause(100);
  }
  const seen = readMails(folder).map((mail) => `${mail.to}: ${mail.subject}`);
  throw new Error(`no mail to ${address} with a link to ${path}; there is: ${seen.join("; ") || "none"}`);
}
