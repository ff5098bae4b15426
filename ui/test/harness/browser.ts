/** A real browser with a page that is watched: what it logs, throws, and asks of whom. */

import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import type { Theme } from '../../src/parts/encodings';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is. `TWIN_CHROMIUM` names another one. */
export function chromiumPath(): string {
  const path = process.env.TWIN_CHROMIUM ?? PLACES.find(existsSync);
  if (path === undefined) {
    throw new Error(`no Chromium was found at ${PLACES.join(', ')}; TWIN_CHROMIUM names another place`);
  }
  return path;
}

/** A browser for the tests of one file. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

export interface Opening {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

/** A page, and what was wrong with it so far. */
export class Watched {
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.faults.push(`logged: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.faults.push(`thrown: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) {
        this.faults.push(`asked another origin: ${request.url()}`);
      }
    });
  }

  static async open(browser: Browser, url: string, { theme = 'dark', width = 1280, height = 720 }: Opening = {}): Promise<Watched> {
    const context = await browser.newContext({ colorScheme: theme, viewport: { width, height }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(60_000);
    return new Watched(await context.newPage(), context, url);
  }

  /** Goes to a path, and waits until the screen has what it asked for. */
  async go(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.settle();
  }

  /** Waits until nothing is awaited. */
  async settle(): Promise<void> {
    await this.page.locator('main :is(h1, h2)').first().waitFor({ state: 'attached' });
    await expect.poll(() => this.page.getByRole('status').filter({ hasText: '…' }).count()).toBe(0);
    await expect.poll(() => this.page.locator('[aria-busy=true]').count()).toBe(0);
  }

  /** What axe finds wrong. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const found = await this.page.evaluate(async () => {
      const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
      return (await run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })).violations;
    });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((one) => `${one.html.slice(0, 160)} (${one.failureSummary ?? ''})`).join('; ')}`);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
