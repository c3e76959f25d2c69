// The measuring behind `make bench`: an author's page from the release build, and nginx with the same bytes as a file.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createServer } from "node:net";
import os from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { brotliCompressSync, constants } from "node:zlib";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const CONNECTIONS = 25;
const WARM_UP_SECONDS = Math.min(3, SECONDS);
const BINARY = process.env.BZPEER_BIN;
const SITE = process.env.BZPEER_SITE_ROOT;
const REPORT = "docs/performance.md";
const BEGIN = "<!-- bench:begin -->";
const END = "<!-- bench:end -->";
const SEED = resolve("../shared/data/seed-author/works.csl.json");
const SEED_AUTHOR = "Cho-Jui Hsieh";

const folder = mkdtempSync(join(os.tmpdir(), "bzpeer-bench-"));
const children = [];

const stop = (sentence) => {
  throw new Error(sentence);
};

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

function start(program, args, env, name) {
  const log = openSync(join(folder, `${name}.log`), "w");
  const child = spawn(program, args, { env, stdio: ["ignore", log, log] });
  child.ended = new Promise((done) => child.on("exit", done));
  children.push(child);
  return child;
}

async function end(child) {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    const soon = await Promise.race([child.ended.then(() => true), pause(5000, false)]);
    if (!soon) {
      child.kill("SIGKILL");
    }
  }
}

async function answers(url, child, name) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) {
      stop(`${name} ended early:\n${readFileSync(join(folder, `${name}.log`), "utf8").slice(-2000)}`);
    }
    const status = await request(url).then((r) => r.status, () => 0);
    if (status === 200) {
      return;
    }
    await pause(50);
  }
  stop(`${name} did not answer within 30 s.`);
}

/** One request without any decoding, so that bytes are those on the wire. */
function request(url, { method = "GET", headers = {}, body } = {}) {
  return new Promise((done, failed) => {
    const asked = http.request(url, { method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      answer.on("error", failed);
    });
    asked.on("error", failed);
    asked.end(body);
  });
}

const unescape = (text) =>
  text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const attribute = (tag, name) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? unescape(found[1]) : undefined;
};

/** Logs in through the page's own form, as a browser without scripts does; gives the cookie. */
async function logIn(base, email, password) {
  const page = (await request(`${base}/login`)).body.toString("utf8");
  const form = [...page.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([all]) => all).find((one) => /type="password"/.test(one));
  if (form === undefined) {
    stop("the log-in page has no form with a password.");
  }
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, "name");
    const type = attribute(tag, "type") ?? "text";
    if (name !== undefined && type !== "checkbox") {
      fields.set(name, type === "password" ? password : type === "hidden" ? (attribute(tag, "value") ?? "") : email);
    }
  }
  const action = attribute(form.slice(0, form.indexOf(">") + 1), "action") ?? "/login";
  const answer = await request(new URL(action, `${base}/login`).href, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "text/html",
      origin: base,
      referer: `${base}/login`,
      "sec-fetch-site": "same-origin",
    },
    body: fields.toString(),
  });
  const cookies = (answer.headers["set-cookie"] ?? []).map((one) => one.split(";")[0]);
  if (answer.status >= 400 || cookies.length === 0) {
    stop(`logging in answered ${answer.status} without a cookie.`);
  }
  return cookies.join("; ");
}

/** The path of an author's page. */
async function authorPath(base, name) {
  const place = name === undefined ? "/" : `/search?q=${encodeURIComponent(name)}`;
  const page = (await request(`${base}${place}`)).body.toString("utf8");
  const found = /href="(\/authors\/\d+\/[^"/?#]+)"/.exec(page);
  return found ? unescape(found[1]) : stop(`no author is linked from ${place}.`);
}

const milliseconds = (text) => {
  const [, value, unit] = /([\d.]+)(us|ms|s|m)$/.exec(text) ?? stop(`wrk printed a time of another form: ${text}`);
  return Number(value) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit];
};

/** CPU seconds a process has used so far, in user and kernel. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  const ticks = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout) || 100;
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

async function wrk(url, seconds, cookie) {
  const args = ["-t2", `-c${CONNECTIONS}`, `-d${seconds}s`, "--latency"];
  if (cookie !== undefined) {
    args.push("-H", `Cookie: ${cookie}`);
  }
  const child = spawn("wrk", [...args, url], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (part) => (text += part));
  const code = await new Promise((done) => child.on("close", done));
  if (code !== 0 || /Non-2xx|Socket errors/.test(text)) {
    stop(`wrk on ${url} failed:\n${text}`);
  }
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]),
    requests: Number(/(\d+) requests in/.exec(text)?.[1]),
    p99: milliseconds(/99%\s+(\S+)/.exec(text)?.[1] ?? ""),
  };
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const whole = (n) => Math.round(n).toLocaleString("en-GB");
const bytes = (n) => `${n.toLocaleString("en-GB")} B`;
const mebibytes = (kib) => `${(kib / 1024).toFixed(1)} MiB`;

function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const line = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]);
  return { now: line("VmRSS"), peak: line("VmHWM") };
}

/** What the browser loads, raw and with brotli 11. */
function sizes() {
  const names = readdirSync(join(SITE, "pkg")).sort();
  return ["wasm", "js", "css"].map((kind) => {
    const files = names.filter((name) => name.endsWith(`.${kind}`)).map((name) => readFileSync(join(SITE, "pkg", name)));
    const packed = files.map((file) =>
      brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: file.length } }),
    );
    const sum = (list) => list.reduce((total, one) => total + one.length, 0);
    return { kind, files: files.length, raw: sum(files), packed: sum(packed) };
  });
}

async function startNginx(page) {
  const port = await freePort();
  const place = join(folder, "nginx");
  mkdirSync(join(place, "html"), { recursive: true });
  writeFileSync(join(place, "html/page.html"), page);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${place}/${kind};`).join(" ");
  // tcp_nopush stalls on loopback. The files stay readable when nginx drops root for its workers.
  const user = process.getuid() === 0 ? "user root;" : "";
  writeFileSync(
    join(place, "nginx.conf"),
    `${user} worker_processes auto; daemon off; pid ${place}/pid; error_log ${place}/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush off; tcp_nodelay on; keepalive_requests 1000000000; open_file_cache max=10;
  types { text/html html; } default_type text/html; ${temporary}
  server { listen 127.0.0.1:${port}; root ${place}/html; }
}
`,
  );
  const child = start(process.env.NGINX, ["-p", place, "-c", join(place, "nginx.conf")], process.env, "nginx");
  const url = `http://127.0.0.1:${port}/page.html`;
  await answers(url, child, "nginx");
  return url;
}

async function measure() {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("BZPEER_")));
  const env = {
    ...inherited,
    BZPEER_DATA: join(folder, "data"),
    BZPEER_ADDR: `127.0.0.1:${port}`,
    BZPEER_BASE_URL: base,
    BZPEER_SITE_ROOT: SITE,
  };
  const run = (args, input = "") => {
    const result = spawnSync(BINARY, args, { env, input, encoding: "utf8" });
    return result.status === 0 ? result.stdout : stop(`bzpeer ${args.join(" ")} failed:\n${result.stderr}`);
  };

  const seeded = existsSync(SEED);
  if (seeded) {
    run(["import", "csl-json", SEED]);
  } else {
    console.log(`The seed author's records are absent (${SEED}): measuring an author of the demo community.`);
    run(["demo"]);
  }
  const email = "bench@university.example";
  const password = "lantern-orchard-quiet-basalt-29";
  run(["admin", "create-account", "--email", email, "--name", "Bench Reader", "--password-stdin", "--verified"], `${password}\n`);

  const server = start(BINARY, ["serve"], env, "bzpeer");
  await answers(`${base}/readyz`, server, "bzpeer");
  const path = await authorPath(base, seeded ? SEED_AUTHOR : undefined);
  const url = `${base}${path}`;
  const cookie = await logIn(base, email, password);
  const page = await request(url);
  const packed = await request(url, { headers: { "accept-encoding": "br" } });
  const own = await request(url, { headers: { cookie } });
  if (page.status !== 200 || own.status !== 200) {
    stop(`the author's page answered ${page.status} and, logged in, ${own.status}.`);
  }
  const nginx = await startNginx(page.body);

  const subjects = [
    { label: "Author page, not logged in", url, server },
    { label: "Author page, logged in", url, cookie, server },
    { label: "nginx, the same bytes as a file", url: nginx },
  ].map((one) => ({ ...one, rounds: [] }));
  for (const { url: address, cookie: with_ } of subjects) {
    await wrk(address, WARM_UP_SECONDS, with_);
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const subject of subjects) {
      const before = subject.server && cpuSeconds(subject.server.pid);
      const result = await wrk(subject.url, SECONDS, subject.cookie);
      if (subject.server) {
        result.cpu = ((cpuSeconds(subject.server.pid) - before) * 1000) / result.requests;
      }
      subject.rounds.push(result);
      console.log(`round ${round}: ${subject.label}: ${whole(result.perSecond)} requests/s, p99 ${result.p99.toFixed(2)} ms`);
    }
  }
  const used = memory(server.pid);
  const version = run(["--version"]).trim();
  await end(server);
  return { seeded, subjects, used, version, html: page.body.length, htmlOwn: own.body.length, htmlPacked: packed.body.length, encoding: packed.headers["content-encoding"] };
}

function report(result) {
  const rows = result.subjects.map(({ label, rounds }) => ({
    label,
    perSecond: median(rounds.map((r) => r.perSecond)),
    p99: median(rounds.map((r) => r.p99)),
    cpu: rounds[0].cpu === undefined ? undefined : median(rounds.map((r) => r.cpu)),
    spread: `${whole(Math.min(...rounds.map((r) => r.perSecond)))} to ${whole(Math.max(...rounds.map((r) => r.perSecond)))}`,
  }));
  const file = rows[2].perSecond;
  const cpu = os.cpus();
  const commit = spawnSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).stdout.trim() || "unknown";
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${result.version}: ${cpu[0]?.model.trim() ?? "unknown processor"}, ${cpu.length} cores,`,
    `${Math.round(os.totalmem() / 2 ** 30)} GiB of memory, ${os.type()} ${os.release()}. The load generator ran on the same machine:`,
    `\`wrk -t2 -c${CONNECTIONS} -d${SECONDS}s\`, medians of ${ROUNDS} interleaved rounds.`,
    result.seeded ? "The page is the seed author's, 40 works." : "The seed records were absent: the page is one of the demo community.",
    "",
    "| subject | requests/s | lowest to highest | p99 | CPU per request | share of nginx |",
    "|---|---:|---:|---:|---:|---:|",
    ...rows.map(
      (r) =>
        `| ${r.label} | ${whole(r.perSecond)} | ${r.spread} | ${r.p99.toFixed(2)} ms | ${r.cpu === undefined ? "" : `${r.cpu.toFixed(2)} ms`} | ${(r.perSecond / file).toFixed(3)} |`,
    ),
    "",
    "| bytes | files | raw | brotli 11 |",
    "|---|---:|---:|---:|",
    `| HTML of the page, not logged in | 1 | ${bytes(result.html)} | ${bytes(result.htmlPacked)} (as served: ${result.encoding ?? "not compressed"}) |`,
    `| HTML of the page, logged in | 1 | ${bytes(result.htmlOwn)} | |`,
    ...sizes().map((s) => `| ${{ wasm: "WebAssembly", js: "JavaScript", css: "Styles" }[s.kind]} | ${s.files} | ${bytes(s.raw)} | ${bytes(s.packed)} |`),
    "",
    `Resident memory of the server after the run: ${mebibytes(result.used.now)}, at its highest ${mebibytes(result.used.peak)}.`,
  ].join("\n");
}

function keep(text) {
  const found = existsSync(REPORT) ? readFileSync(REPORT, "utf8") : "";
  const old =
    found.includes(BEGIN) && found.includes(END)
      ? found
      : `# Performance\n\n\`make bench\` measures the release build and rewrites what stands between the two markers below. There is no\nthreshold: the numbers are what they are.\n\n${BEGIN}\n${END}\n`;
  const head = old.slice(0, old.indexOf(BEGIN) + BEGIN.length);
  const tail = old.slice(old.indexOf(END));
  mkdirSync("docs", { recursive: true });
  writeFileSync(REPORT, `${head}\n${text}\n${tail}`);
}

try {
  const text = report(await measure());
  keep(text);
  console.log(`\n${text}\n\nWritten to ${REPORT}.`);
} catch (error) {
  console.error(`Stopped: ${error.message}`);
  process.exitCode = 1;
} finally {
  for (const child of children) {
    await end(child);
  }
  rmSync(folder, { recursive: true, force: true });
}
