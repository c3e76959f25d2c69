// Imports, one after the other, each into a database of its own; writes their part of docs/performance.md.
// Called by scripts/bench-import.sh.

import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createServer } from "node:net";
import os from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const BINARY = process.env.BZPEER_BIN;
const FOLDER = process.env.BENCH_FOLDER;
const POSTGRES = process.env.BENCH_POSTGRES_URL;
const MOST = Number(process.env.BENCH_WORKS ?? 1_000_000);
const REPORT = "docs/performance.md";
const BEGIN = "<!-- import:begin -->";
const END = "<!-- import:end -->";
const DATA = resolve("../shared/data");

const number = (n) => Math.round(n).toLocaleString("en-US");

/** Runs the program; answers seconds, the highest resident memory in MiB, and what it printed. */
async function run(args, env) {
  const started = process.hrtime.bigint();
  const child = spawn(BINARY, args, {
    env: { PATH: process.env.PATH, BZPEER_LOG: "warn", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (bytes) => (out += bytes));
  let peak = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has just ended.
    }
  }, 100);
  const code = await new Promise((done) => child.on("close", done));
  clearInterval(watch);
  if (code !== 0) {
    throw new Error(`bzpeer ${args.join(" ")} ended with ${code}`);
  }
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9, peak, out };
}

const rows = [];
let fresh = 0;

async function measure(what, works, args, env = {}) {
  fresh += 1;
  const data = join(FOLDER, `data-${fresh}`);
  mkdirSync(data);
  const { seconds, peak, out } = await run(args, { BZPEER_DATA: data, ...env });
  const file = join(data, "bzpeer.db");
  rows.push({
    what,
    works,
    seconds,
    peak,
    size: existsSync(file) ? statSync(file).size / 2 ** 20 : null,
    authors: Number(/new authors: (\d+)/.exec(out)?.[1] ?? 0),
  });
  console.log(`${what}: ${seconds.toFixed(1)} s, ${number(works / seconds)} works/s, ${number(peak)} MiB`);
  return data;
}

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

const get = (url) =>
  new Promise((done, failed) => {
    http
      .get(url, (answer) => {
        answer.resume();
        answer.on("end", () => done(answer.statusCode));
      })
      .on("error", failed);
  });

/** The 99th percentile in ms of reading a page every 25 ms, while `under()` lasts or for the given time. */
async function latency(url, going) {
  const times = [];
  const waiting = [];
  while (going()) {
    const started = process.hrtime.bigint();
    waiting.push(get(url).then(() => times.push(Number(process.hrtime.bigint() - started) / 1e6)));
    await pause(25);
  }
  await Promise.all(waiting);
  times.sort((a, b) => a - b);
  return { p99: times[Math.floor(times.length * 0.99)], median: times[Math.floor(times.length / 2)], n: times.length };
}

/** Reads an author's page before and while a file of works is imported into the same database. */
async function reading(data) {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    BZPEER_LOG: "warn",
    BZPEER_DATA: data,
    BZPEER_ADDR: `127.0.0.1:${port}`,
    BZPEER_SITE_ROOT: process.env.BZPEER_SITE_ROOT,
  };
  const server = spawn(BINARY, ["serve"], { env, stdio: "inherit" });
  const home = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    try {
      await get(`${home}/readyz`);
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await pause(100);
    }
  }
  // The page of somebody with a dozen works or so: the slug is corrected by a redirect, so ask for the right one.
  const page = await new Promise((done) =>
    http.get(`${home}/authors/1`, (answer) => {
      answer.resume();
      done(new URL(answer.headers.location ?? "/authors/1", home).href);
    }),
  );
  let until = Date.now() + 5_000;
  await latency(page, () => Date.now() < until);
  until = Date.now() + 15_000;
  const before = await latency(page, () => Date.now() < until);
  let importing = true;
  const lines = join(DATA, "arxiv_metadata_lines/arxiv-metadata-2025-2026-half.jsonl.zst");
  const work = run(["import", "arxiv-lines", lines, "--quiet"], { BZPEER_DATA: data }).finally(() => (importing = false));
  const during = await latency(page, () => importing);
  await work;
  server.kill("SIGTERM");
  await new Promise((done) => server.on("close", done));
  return { before, during };
}

const acl = join(DATA, "acl_anthology_full/acl-anthology-to-2018.tar.zst");
const arxiv = join(DATA, "arxiv_metadata_lines/arxiv-metadata-2025-2026-half.jsonl.zst");
const generated = (n) => ["demo", "--works", String(n)];

for (const works of [10_000, 100_000, 1_000_000].filter((n) => n <= MOST)) {
  await measure(`${number(works)} generated works, SQLite`, works, generated(works));
}
if (POSTGRES) {
  await measure(`${number(MOST)} generated works, PostgreSQL`, MOST, generated(MOST), { BZPEER_DATABASE_URL: POSTGRES });
}
let pages = null;
if (existsSync(acl)) {
  const data = await measure("ACL Anthology up to 2018, SQLite", 54_169, ["import", "acl", acl, "--quiet"]);
  await measure("arXiv lines with abstracts, SQLite", 42_845, ["import", "arxiv-lines", arxiv, "--quiet"]);
  pages = await reading(data);
} else {
  console.log("The real records are not beside the project; their part is left out.");
}

const cpu = os.cpus()[0]?.model.trim() ?? "unknown processor";
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const cell = (n, digits = 0) => (n === null ? "" : n.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits }));
const lines = [
  BEGIN,
  `Measured on ${new Date().toISOString().slice(0, 10)}, commit ${commit}: ${cpu}, ${os.cpus().length} cores,`,
  `${Math.round(os.totalmem() / 2 ** 30)} GiB of memory, Linux ${os.release()}. One run each, from an empty database to the last author placed.`,
  "",
  "| import | seconds | works/s | µs per work | peak memory | database | authors |",
  "|---|---:|---:|---:|---:|---:|---:|",
  ...rows.map(
    (r) =>
      `| ${r.what} | ${cell(r.seconds, 1)} | ${cell(r.works / r.seconds)} | ${cell((r.seconds / r.works) * 1e6)} | ${cell(r.peak)} MiB | ${r.size === null ? "" : `${cell(r.size)} MiB`} | ${cell(r.authors)} |`,
  ),
];
if (pages) {
  lines.push(
    "",
    `Reading an author's page every 25 ms from the same SQLite database: median ${cell(pages.before.median, 1)} ms and p99 ${cell(pages.before.p99, 1)} ms ` +
      `with nothing else going on (${cell(pages.before.n)} requests), median ${cell(pages.during.median, 1)} ms and p99 ${cell(pages.during.p99, 1)} ms ` +
      `while the arXiv lines were imported (${cell(pages.during.n)} requests): ${cell(pages.during.p99 / pages.before.p99, 1)} times.`,
  );
}
lines.push(END);
const text = readFileSync(REPORT, "utf8");
const part = lines.join("\n");
const at = text.indexOf(BEGIN);
const next =
  at < 0
    ? `${text.trimEnd()}\n\n## Imports\n\n\`make bench-import\` measures imports with the release build and rewrites what stands between the markers.\n\n${part}\n`
    : text.slice(0, at) + part + text.slice(text.indexOf(END) + END.length);
writeFileSync(REPORT, next);
