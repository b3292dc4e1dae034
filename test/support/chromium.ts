import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium';

/** `test/support/global-setup.js` says so where it is not. */
export const CHROMIUM_INSTALLED = existsSync(CHROMIUM);

/** `http://` with this host is served from 127.0.0.1, yet to the browser it is no secure context, as a machine in the local network. */
export const PLAIN_HOST = 'plain.example';

export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    chromiumSandbox: false,
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`],
    ],
  });
}

/** A page in a browser profile of its own, and what there is to see of it from without. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every request that has left it: method and URL. */
  readonly requests: string[];
  /** What the console shows as error or warning, and exceptions that nobody caught. */
  readonly faults: string[];
}

export async function newPage(browser: Browser): Promise<OpenPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  return { page, context, requests, faults };
}
