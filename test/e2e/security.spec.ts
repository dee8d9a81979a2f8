import { chromium, expect, test, type Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromiumFlags, findChromium } from '../../build/scripts/chromium.ts';
import { socketPath, subprotocol, tokenPrefix } from '../../shared/rpc/socket.ts';
import { serveForTests } from './fixtures.ts';

const etalon = serveForTests();

test.describe('the policy, in a real browser, stops', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(etalon.url);
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await page.evaluate(() => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
      Object.assign(window, { seen });
    });
  });
  const violations = (page: Page) => page.evaluate(() => (window as never as { seen: string[] }).seen);

  test('an inline script that came with the page', async ({ page }) => {
    await page.route(etalon.url.split('#')[0]!, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('</body>', '<script>window.ran = true</script><p>end</p></body>');
      await route.fulfill({ response, body });
    });
    await page.reload();
    await expect(page.getByText('end', { exact: true })).toBeAttached();
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  test('text as script, and eval', async ({ page }) => {
    const refused = await page.evaluate(async () => {
      const attempts = [
        () => Object.assign(document.createElement('script'), { text: 'window.ran = true' }),
        () => (0, eval)('window.ran = true') as unknown,
      ];
      // Out of the evaluation by which the test speaks to the page: that one is free of the policy.
      await new Promise((later) => setTimeout(later, 10));
      return attempts.map((attempt) => {
        try {
          attempt();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      });
    });
    expect(refused).toEqual(['TypeError', 'EvalError']);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  test('markup from text, and its event handlers', async ({ page }) => {
    const refused = await page.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.ran = true">');
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(refused).toContain('TrustedHTML');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  test('a connection, an image or a form to elsewhere', async ({ page }) => {
    const elsewhere = createServer((_request, response) => response.setHeader('Access-Control-Allow-Origin', '*').end('x'));
    let asked = 0;
    elsewhere.on('request', () => asked++);
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    const origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    const outcome = await page.evaluate(async (url) => {
      const tried = { fetch: 'sent', socket: 'opened', image: 'loaded' };
      await fetch(url).catch(() => (tried.fetch = 'stopped'));
      try {
        const socket = new WebSocket(url.replace('http', 'ws'));
        await new Promise((done) => (socket.onerror = socket.onopen = done));
        if (socket.readyState !== WebSocket.OPEN) tried.socket = 'stopped';
      } catch {
        tried.socket = 'stopped';
      }
      const image = new Image();
      await new Promise((done) => {
        image.onerror = image.onload = done;
        image.src = `${url}/x.png`;
      });
      if (image.naturalWidth === 0) tried.image = 'stopped';
      const form = document.createElement('form');
      form.action = url;
      document.body.append(form);
      form.submit();
      return tried;
    }, origin);
    expect(outcome).toEqual({ fetch: 'stopped', socket: 'stopped', image: 'stopped' });
    // They are reported a moment after they happen.
    await expect.poll(async () => new Set(await violations(page))).toEqual(new Set(['connect-src', 'img-src', 'form-action']));
    expect(asked).toBe(0);
    elsewhere.closeAllConnections();
    await new Promise((done) => elsewhere.close(done));
  });

  test('a frame around it and a frame within it', async ({ page }) => {
    const framed = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = '/';
      document.body.append(frame);
      await new Promise((done) => setTimeout(done, 300));
      return frame.contentDocument?.title ?? null;
    });
    expect(framed).not.toBe('Etalon');
    await expect.poll(() => violations(page)).toContain('frame-src');
  });
});

test('another site in the same browser reads nothing and gets no connection, even with the key', async ({ page }) => {
  const site = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end('<title>other</title>'));
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
  const outcome = await page.evaluate(
    async ({ port, protocols, path }) => {
      const read = await fetch(`http://127.0.0.1:${port}/`).then(
        (response) => response.text(),
        () => 'refused',
      );
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols);
      const opened = await new Promise<boolean>((done) => {
        socket.onopen = () => done(true);
        socket.onclose = () => done(false);
      });
      return { read, opened };
    },
    { port: etalon.port, protocols: [subprotocol, tokenPrefix + etalon.token], path: socketPath },
  );
  expect(outcome).toEqual({ read: 'refused', opened: false });
  site.closeAllConnections();
  await new Promise((done) => site.close(done));
});

test('a foreign name that points at this machine is refused (DNS rebinding)', async () => {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: [...chromiumFlags, '--host-resolver-rules=MAP rebound.test 127.0.0.1'],
  });
  const page = await browser.newPage();
  const answer = await page.goto(`http://rebound.test:${etalon.port}/#token=${etalon.token}`);
  expect(answer?.status()).toBe(403);
  await expect(page.getByText('Etalon answers only to 127.0.0.1 and localhost.')).toBeVisible();
  await browser.close();
});

test('every view of the workbench keeps to the policy and logs no error', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  await page.goto(etalon.url);
  const entries = page.getByRole('navigation', { name: 'Views' }).getByRole('listitem').getByRole('button');
  await expect(entries.first()).toBeVisible();
  for (const entry of await entries.all()) {
    const name = await entry.getAttribute('aria-label');
    await entry.click();
    await expect(page.getByRole('heading', { level: 1, name: name! })).toBeVisible();
    // Plots are drawn and data fetched after the view stands.
    await page.waitForTimeout(700);
    expect(faults, `in ${name}`).toEqual([]);
  }
});
