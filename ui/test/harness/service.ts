/** The built service, started with a fleet of its own on a free port, and stopped again. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const BUILT = join(ROOT, 'service/target/twin');
const READY = /twin is ready at (http:\S+)/;
const START_MS = 120_000;

/** The command line beside what was built, so that nothing is built again. */
function command(): string {
  const twin = join(BUILT, 'twin');
  copyFileSync(join(ROOT, 'twin'), twin);
  return twin;
}

export interface Event {
  readonly id: string;
  readonly timestamp: string;
  readonly node_id?: string;
  readonly domain_id?: string;
  readonly component?: string;
  readonly event_type: string;
  readonly payload: object;
}

export class Service {
  #process: ChildProcess | null = null;
  url = '';

  private constructor(readonly folder: string) {}

  /** Starts an empty service. */
  static async start(): Promise<Service> {
    const service = new Service(mkdtempSync(join(tmpdir(), 'twin-ui-')));
    await service.begin(0);
    return service;
  }

  /** Starts it, or starts it again where it was. */
  async begin(port = Number(new URL(this.url).port)): Promise<void> {
    const options = ['serve', '--port', String(port), '--data', join(this.folder, 'data')];
    const started = spawn(command(), options, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // One that is killed cannot delete what it unpacked.
      env: { ...process.env, TWIN_JAVA_OPTS: `-Djava.io.tmpdir=${this.folder}` },
    });
    this.#process = started;
    this.url = await new Promise<string>((resolve, reject) => {
      let said = '';
      const timer = setTimeout(() => reject(new Error(`the service did not start in time: ${said}`)), START_MS);
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        const ready = READY.exec(said);
        if (ready) {
          clearTimeout(timer);
          resolve(ready[1]!);
        }
      };
      started.stdout.on('data', hear);
      started.stderr.on('data', hear);
      started.on('exit', (code) => reject(new Error(`the service ended with ${code}: ${said}`)));
    });
  }

  /** Ends the process, and leaves its data. */
  async kill(): Promise<void> {
    const process = this.#process;
    if (process !== null && process.exitCode === null && process.signalCode === null) {
      const ended = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGKILL');
      await ended;
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Has events taken, all of them. */
  async take(...events: Event[]): Promise<void> {
    const response = await fetch(`${this.url}/v1/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: events.map((event) => JSON.stringify(event)).join('\n'),
    });
    const answer = (await response.json()) as { rejected?: number };
    if (!response.ok || answer.rejected !== 0) {
      throw new Error(`not all events were taken: ${JSON.stringify(answer)}`);
    }
  }

  /**
   * Has the life of a simulated fleet taken: so many nodes, so many events in the hours before now.
   * Registering a node takes six or seven of them: with fewer than that each, not all nodes are there.
   */
  simulate(nodes: number, events: number): void {
    const start = new Date(Date.now() - 6 * 3_600_000).toISOString().slice(0, 19);
    const options = ['--nodes', nodes, '--events', events, '--seed', 1, '--start', `${start}Z`];
    execFileSync(command(), ['simulate', '--send', '--url', this.url, ...options.map(String)], { stdio: 'pipe' });
  }
}
