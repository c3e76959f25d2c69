// One running `bzpeer serve` with a data folder of its own.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, closeSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const seedRecords = resolve(repository, "../shared/data/seed-author/works.csl.json");

const binary = process.env.BZPEER_BIN ?? join(repository, "target/release/bzpeer");
const siteRoot = process.env.BZPEER_SITE_ROOT ?? join(repository, "target/site");

/** How long the server may take to end after SIGTERM. */
const STOP_WITHIN_MS = 5_000;
const READY_WITHIN_MS = 30_000;

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}

export class Server {
  private constructor(
    readonly url: string,
    readonly data: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly process: ChildProcess,
    private readonly exited: Promise<number | string>,
  ) {}

  /** Starts a server over an empty database, or over the demo community, and waits until it is ready. */
  static async start(options: { demo?: boolean } = {}): Promise<Server> {
    if (!existsSync(binary)) {
      throw new Error(`${binary} is missing: run 'make build' first.`);
    }
    const data = mkdtempSync(join(tmpdir(), "bzpeer-e2e-"));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("BZPEER_")));
    const env: NodeJS.ProcessEnv = {
      ...inherited,
      BZPEER_DATA: data,
      BZPEER_ADDR: `127.0.0.1:${port}`,
      BZPEER_BASE_URL: url,
      BZPEER_SITE_ROOT: siteRoot,
      // Every window says that it comes from another address: the limits per address stay in force, and do not meet.
      BZPEER_TRUSTED_PROXY: "127.0.0.1",
    };
    const log = openSync(join(data, "server.log"), "w");
    const child = spawn(binary, options.demo === true ? ["serve", "--demo"] : ["serve"], {
      cwd: repository,
      env,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    const exited = new Promise<number | string>((done) => {
      child.on("exit", (code, signal) => done(code ?? signal ?? "unknown"));
      child.on("error", (error) => done(error.message));
    });
    const server = new Server(url, data, env, child, exited);
    await server.ready();
    return server;
  }

  get log(): string {
    return readFileSync(join(this.data, "server.log"), "utf8");
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    let ended: number | string | undefined;
    void this.exited.then((how) => (ended = how));
    while (Date.now() < deadline) {
      if (ended !== undefined) {
        throw new Error(`the server ended (${ended}) before it was ready:\n${this.log}`);
      }
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.status === 200) {
        return;
      }
      await pause(50);
    }
    this.process.kill("SIGKILL");
    throw new Error(`the server was not ready after ${READY_WITHIN_MS} ms:\n${this.log}`);
  }

  /** Runs a command of the same binary on the same data; gives its output, throws when it fails. */
  run(args: string[], input?: string): string {
    const result = spawnSync(binary, args, { cwd: repository, env: this.env, input: input ?? "", encoding: "utf8" });
    if (result.status !== 0) {
      throw new Error(`bzpeer ${args.join(" ")} ended with ${result.status ?? result.signal}:\n${result.stderr}${result.stdout}`);
    }
    return result.stdout;
  }

  /** Asks the server to end as an operator would, and insists that it does so cleanly and soon. */
  async stop(): Promise<void> {
    const asked = Date.now();
    this.process.kill("SIGTERM");
    const how = await Promise.race([this.exited, pause(STOP_WITHIN_MS, "still running" as const)]);
    if (how === "still running") {
      this.process.kill("SIGKILL");
      await this.exited;
    }
    const log = this.log;
    rmSync(this.data, { recursive: true, force: true });
    if (how !== 0) {
      throw new Error(`${Date.now() - asked} ms after SIGTERM the server was: ${how}.\n${log.slice(-4000)}`);
    }
    if (/panicked at/.test(log)) {
      throw new Error(`the server panicked:\n${log.slice(-4000)}`);
    }
  }
}
